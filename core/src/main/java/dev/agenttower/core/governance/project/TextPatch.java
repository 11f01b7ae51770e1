package dev.agenttower.core.governance.project;

import java.util.Optional;

/**
 * The replacement of one piece of text by another where the piece occurs exactly once.
 *
 * <p>Line ends are alike when it is searched, whether they are LF or CRLF; in what is put in, they become those of the piece that was found,
 * or of the file where the piece has none. Everything else stays byte for byte.
 *
 * @param oldText what is searched
 * @param newText what takes its place
 */
public record TextPatch(String oldText, String newText) {
    /**
     * How often the piece occurs, counted without overlap; twice where it occurs once in this way and a second time across that place, as
     * {@code aa} does in {@code aaa}. An empty piece occurs before each character and at the end.
     */
    public int occurrences(String text) {
        String searched = plain(text);
        String piece = plain(oldText);
        if (piece.isEmpty()) {
            return searched.length() + 1;
        }
        int count = 0;
        for (int at = searched.indexOf(piece); at >= 0; at = searched.indexOf(piece, at + piece.length())) {
            count++;
        }
        boolean isCrossed = count == 1 && searched.indexOf(piece, searched.indexOf(piece) + 1) >= 0;
        return isCrossed ? 2 : count;
    }

    /** The text with the piece replaced, or nothing if it does not occur exactly once. */
    public Optional<String> applyTo(String text) {
        if (occurrences(text) != 1) {
            return Optional.empty();
        }
        int plainStart = plain(text).indexOf(plain(oldText));
        int start = place(text, plainStart);
        int end = place(text, plainStart + plain(oldText).length());
        String replaced = text.substring(start, end);
        String around = replaced.indexOf('\n') >= 0 ? replaced : text;
        boolean usesCrLf = around.contains("\r\n");
        String put = usesCrLf ? plain(newText).replace("\n", "\r\n") : newText;
        return Optional.of(text.substring(0, start) + put + text.substring(end));
    }

    /** Where the character that is at {@code plainIndex} with single line ends is in the text as it stands. */
    private static int place(String text, int plainIndex) {
        int index = 0;
        for (int plain = 0; plain < plainIndex; plain++) {
            index += text.startsWith("\r\n", index) ? 2 : 1;
        }
        return index;
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n");
    }
}
