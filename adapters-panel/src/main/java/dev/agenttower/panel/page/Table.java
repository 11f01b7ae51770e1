package dev.agenttower.panel.page;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list of a page.
 *
 * @param caption its name
 * @param columns the names of its columns
 * @param rows its rows, each with a cell for each column
 * @param previous the address of the page before, or null
 * @param next the address of the page behind, or null
 */
public record Table(
        String caption,
        List<String> columns,
        List<List<Cell>> rows,
        @Nullable String previous,
        @Nullable String next) {
    /** Copies the lists. */
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A list on one page. */
    public static Table of(String caption, List<String> columns, Stream<List<Cell>> rows) {
        return new Table(caption, columns, rows.toList(), null, null);
    }

    /**
     * A cell.
     *
     * @param text one line, with ambiguous characters by name
     * @param link where it leads; null for nowhere
     */
    public record Cell(String text, @Nullable String link) {}

    /** A row of texts, whoever wrote them. */
    public static List<Cell> row(@Nullable String... texts) {
        return Stream.of(texts).map(Table::cell).toList();
    }

    private static Cell cell(@Nullable String text) {
        return new Cell(text == null ? "" : Shown.line(text), null);
    }

    /** A row whose first text is a link. */
    public static List<Cell> linked(String link, String first, @Nullable String... others) {
        return Stream.concat(Stream.of(new Cell(Shown.line(first), link)), row(others).stream())
                .toList();
    }
}
