package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;

/**
 * A unified diff for a person who decides on it.
 *
 * <p>Characters that a terminal hides or interprets are shown by name, so that the display matches the content. Without colours the text
 * stays a valid diff, as long as no character had to be replaced.
 */
public final class DiffView {
    private final Style style;

    /** A view with or without colours. */
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

    /** The number of added and removed lines, such as {@code +3 -1}; it also covers lines that have scrolled away. */
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

    // A removed line that begins with "-- " looks like a file header, so only lines before the first hunk are taken for
    // one.
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
