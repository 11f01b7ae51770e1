package dev.agenttower.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows with aligned columns, fitted to a width by narrowing the widest column. */
public final class TextTable {
    private static final int GAP = 2;
    private static final int MIN_COLUMN = 4;

    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * One field.
     *
     * @param text safe text
     * @param isPath whether its end is the more useful part
     * @param isWhole whether it must not be cut, such as an id to copy
     * @param style applied to the text after it is cut and padded
     */
    public record Cell(String text, boolean isPath, boolean isWhole, UnaryOperator<String> style) {
        /** A field of foreign text. */
        public static Cell of(String text) {
            return new Cell(TerminalText.safe(text), false, false, UnaryOperator.identity());
        }

        /** A path. */
        public static Cell path(String text) {
            return new Cell(TerminalText.safe(text), true, false, UnaryOperator.identity());
        }

        /** A field whose column is never narrowed. */
        public static Cell whole(String text) {
            return new Cell(TerminalText.safe(text), false, true, UnaryOperator.identity());
        }

        /** The same field in a style. */
        public Cell in(UnaryOperator<String> newStyle) {
            return new Cell(text, isPath, isWhole, newStyle);
        }

        private String fit(int columns) {
            return isPath ? TerminalText.fitEnd(text, columns) : TerminalText.fit(text, columns);
        }
    }

    /** Adds a row. */
    public void add(Cell... cells) {
        rows.add(List.of(cells));
    }

    /** The rows as indented lines of at most {@code columns}. */
    public List<String> lines(int indent, int columns) {
        int[] widths = widths(columns - indent);
        List<String> lines = new ArrayList<>(rows.size());
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder(" ".repeat(indent));
            for (int i = 0; i < row.size(); i++) {
                String text = row.get(i).fit(widths[i]);
                boolean isLast = i == row.size() - 1;
                line.append(row.get(i).style().apply(isLast ? text : TerminalText.pad(text, widths[i])));
                line.append(isLast ? "" : " ".repeat(GAP));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private int[] widths(int available) {
        int count = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[count];
        boolean[] isWhole = new boolean[count];
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(row.get(i).text()));
                isWhole[i] |= row.get(i).isWhole();
            }
        }
        int total = GAP * Math.max(count - 1, 0);
        for (int width : widths) {
            total += width;
        }
        while (total > available) {
            int widest = -1;
            for (int i = 0; i < count; i++) {
                widest = !isWhole[i] && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
            }
            if (widest < 0 || widths[widest] <= MIN_COLUMN) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }
}
