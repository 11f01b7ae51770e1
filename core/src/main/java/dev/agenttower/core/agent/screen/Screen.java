package dev.agenttower.core.agent.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal shows.
 *
 * @param program the program in the foreground
 * @param column where the cursor stands, from 0
 * @param row the line of the cursor, from 0; it may be below the last line
 * @param isCursorVisible whether the terminal shows the cursor
 * @param lines from the top, without blanks at their ends
 */
public record Screen(String program, int column, int row, boolean isCursorVisible, List<Line> lines) {
    /** More than that of a line or of the lines is not read. */
    private static final int MOST = 1000;

    private static final Pattern ESCAPE = Pattern.compile(
            "\\u001b(?:\\[([0-9;:]*)([@-~])|\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?|[^\\[\\]]|$)|[\\u000e\\u000f]");

    /** Copies the lines. */
    public Screen {
        lines = List.copyOf(lines);
    }

    /**
     * A line.
     *
     * @param text all of it
     * @param strong the same with blanks in place of what is shown faint or grey, such as the hint in an empty input box
     */
    public record Line(String text, String strong) {}

    /**
     * A screen as tmux captures it.
     *
     * @param captured lines with or without the escape sequences of their colours
     */
    public static Screen of(String program, int column, int row, boolean isCursorVisible, String captured) {
        List<Line> lines = new ArrayList<>();
        Style style = new Style();
        // Claude Code uses no-break spaces.
        captured.lines().limit(MOST).forEach(line -> lines.add(line(line.replace('\u00a0', ' '), style)));
        return new Screen(program, column, row, isCursorVisible, lines);
    }

    /** The text of a line; empty beyond the last one. */
    String text(int row) {
        return row >= 0 && row < lines.size() ? lines.get(row).text : "";
    }

    private static Line line(String captured, Style style) {
        StringBuilder text = new StringBuilder();
        StringBuilder strong = new StringBuilder();
        Matcher escape = ESCAPE.matcher(captured);
        int from = 0;
        while (from < captured.length() && text.length() < MOST) {
            boolean isFound = escape.find(from);
            int to = isFound ? escape.start() : captured.length();
            String part = captured.substring(from, Math.min(to, from + MOST));
            text.append(part);
            strong.append(style.isFaint() ? " ".repeat(part.length()) : part);
            from = isFound ? escape.end() : captured.length();
            if (isFound && "m".equals(escape.group(2))) {
                style.take(escape.group(1).split("[;:]", -1));
            }
        }
        return new Line(text.toString().stripTrailing(), strong.toString().stripTrailing());
    }

    /** The style at a place, of which only counts whether it is faint. tmux ends no style with its line. */
    private static final class Style {
        private static final int GREYS = 232;
        private static final int BRIGHT = 251;
        private static final int GREY_LEAST = 0x40;
        private static final int GREY_MOST = 0xc0;
        private static final int GREY_SPREAD = 0x10;

        private boolean isDim;
        private boolean isGrey;

        boolean isFaint() {
            return isDim || isGrey;
        }

        void take(String[] codes) {
            for (int i = 0; i < codes.length; i++) {
                switch (codes[i]) {
                    case "", "0" -> {
                        isDim = false;
                        isGrey = false;
                    }
                    case "2" -> isDim = true;
                    case "22" -> isDim = false;
                    case "90" -> isGrey = true;
                    case "38" -> {
                        isGrey = isGrey(codes, i + 1);
                        i += length(codes, i + 1);
                    }
                    case "48", "58" -> i += length(codes, i + 1);
                    default -> isGrey = isGrey && !isForeground(codes[i]);
                }
            }
        }

        private static boolean isForeground(String code) {
            return code.length() == 2 && (code.charAt(0) == '3' || code.charAt(0) == '9');
        }

        private static int length(String[] codes, int at) {
            return at >= codes.length ? 0 : codes[at].equals("2") ? 4 : codes[at].equals("5") ? 2 : 0;
        }

        private static boolean isGrey(String[] codes, int at) {
            int length = length(codes, at);
            if (length == 0 || at + length > codes.length) {
                return false;
            }
            if (length == 2) {
                int colour = number(codes[at + 1]);
                return colour == 8 || (colour >= GREYS && colour < BRIGHT);
            }
            int red = number(codes[at + 1]);
            int green = number(codes[at + 2]);
            int blue = number(codes[at + 3]);
            int least = Math.min(red, Math.min(green, blue));
            int most = Math.max(red, Math.max(green, blue));
            return least >= GREY_LEAST && most <= GREY_MOST && most - least <= GREY_SPREAD;
        }

        private static int number(String code) {
            return code.isEmpty() || code.length() > 3 ? 0 : Integer.parseInt(code);
        }
    }
}
