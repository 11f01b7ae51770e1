package dev.agenttower.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows whose columns are aligned, made to fit a width by narrowing the widest column. */
public final class TextTable {
    private static final int GAP = 2;
    private static final int MIN_COLUMN = 4;

    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * One field.
     *
     * @param text safe text
     * @param isPath whether its end says more than its beginning
     * @param style what is done to the text when its width is settled
     */
    public record Cell(String text, boolean isPath, UnaryOperator<String> style) {
        /** A field from text of any origin. */
        public static Cell of(String text) {
            return new Cell(TerminalText.safe(text), false, UnaryOperator.identity());
        }

        /** A path. */
        public static Cell path(String text) {
            return new Cell(TerminalText.safe(text), true, UnaryOperator.identity());
        }

        /** The field in a style. */
        public Cell in(UnaryOperator<String> newStyle) {
            return new Cell(text, isPath, newStyle);
        }

        private String fit(int columns) {
            return isPath ? TerminalText.fitEnd(text, columns) : TerminalText.fit(text, columns);
        }
    }

    /** Adds a row. */
    public void add(Cell... cells) {
        rows.add(List.of(cells));
    }

    /** The rows as lines, each indented and at most so many columns wide. */
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
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(row.get(i).text()));
            }
        }
        int total = GAP * Math.max(count - 1, 0);
        for (int width : widths) {
            total += width;
        }
        while (total > available) {
            int widest = 0;
            for (int i = 1; i < count; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (count == 0 || widths[widest] <= MIN_COLUMN) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }
}
