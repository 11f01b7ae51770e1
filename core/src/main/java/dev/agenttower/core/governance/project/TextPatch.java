package dev.agenttower.core.governance.project;

import java.util.Optional;

/**
 * Replaces a text that must occur exactly once.
 *
 * <p>The search treats LF and CRLF as equal. Line ends of the new text become those of the replaced text, or those of the file where the
 * replaced text has none. The rest is kept unchanged.
 *
 * @param oldText the text to replace
 * @param newText the replacement
 */
public record TextPatch(String oldText, String newText) {
    /**
     * The number of occurrences, not counting overlaps; 2 where a single occurrence overlaps with another, as {@code aa} in {@code aaa}. An
     * empty text occurs before each character and at the end.
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

    /** The patched text; empty if the old text does not occur exactly once. */
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

    /** Maps an index in the text with LF line ends to the index in the original text. */
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
