package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;

/**
 * A unified diff for a person who is to decide on it.
 *
 * <p>What a terminal would hide or obey is spelled out, so that what is read is what is written. Without colours the text stays a diff that
 * other programs read, as long as nothing had to be spelled out.
 */
public final class DiffView {
    private final Style style;

    /** A view in colours or without. */
    public DiffView(Style style) {
        this.style = style;
    }

    /** The diff, each line with its line feed. */
    public String of(String diff) {
        if (diff.isEmpty()) {
            return "";
        }
        StringBuilder view = new StringBuilder(diff.length() + 256);
        String body = diff.endsWith("\n") ? diff.substring(0, diff.length() - 1) : diff;
        boolean isHead = true;
        for (String line : body.split("\n", -1)) {
            isHead &= !line.startsWith("@@");
            view.append(coloured(line, isHead)).append('\n');
        }
        return view.toString();
    }

    /** How much a diff adds and removes, as in {@code +3 -1}: what has scrolled away is counted all the same. */
    public static String size(String diff) {
        long added = 0;
        long removed = 0;
        boolean isHead = true;
        for (String line : diff.split("\n", -1)) {
            isHead &= !line.startsWith("@@");
            added += !isHead && line.startsWith("+") ? 1 : 0;
            removed += !isHead && line.startsWith("-") ? 1 : 0;
        }
        return "+" + added + " -" + removed;
    }

    // A removed line that begins with "-- " looks like the head of a file, so only what comes before the first place is
    // taken for one.
    private String coloured(String line, boolean isHead) {
        String text = TerminalText.visible(line);
        if (isHead) {
            return style.bold(text);
        }
        char sign = line.isEmpty() ? ' ' : line.charAt(0);
        return switch (sign) {
            case '+' -> style.good(text);
            case '-' -> style.bad(text);
            case '@' -> style.place(text);
            case '\\' -> style.dim(text);
            default -> text;
        };
    }
}
