package dev.agenttower.cli.command;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.cli.terminal.TextTable;
import dev.agenttower.cli.terminal.TextTable.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Rows under a header: for scripts with a TAB between fields, on a terminal in columns, the first of which is never cut. No field can break
 * out of its column or line.
 */
public final class Listing {
    private final List<String> header;
    private final Set<String> scriptsOnly = new HashSet<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A listing without rows. */
    public Listing(String... header) {
        this.header = List.of(header);
    }

    /** Omits columns on a terminal, which lacks the room for all. */
    public Listing forScriptsOnly(String... names) {
        scriptsOnly.addAll(List.of(names));
        return this;
    }

    /** Several values joined into one field. */
    public static String joined(List<String> values) {
        return values.isEmpty() ? "-" : String.join(" ", values);
    }

    /** Adds a row. */
    public void add(String... fields) {
        rows.add(Arrays.stream(fields).map(TerminalText::safe).toList());
    }

    /** The lines for scripts, with a TAB between fields. */
    public String tabbed() {
        StringBuilder text = new StringBuilder(1024);
        text.append(String.join("\t", header)).append('\n');
        rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
        return text.toString();
    }

    /** The lines for a terminal of the given width. */
    public String columns(Style style, int columns) {
        TextTable table = new TextTable();
        table.add(cells(header, name -> name.in(style::dim)));
        rows.forEach(row -> table.add(cells(row, UnaryOperator.identity())));
        StringBuilder text = new StringBuilder(1024);
        table.lines(0, columns).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private Cell[] cells(List<String> fields, UnaryOperator<Cell> look) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!scriptsOnly.contains(header.get(i))) {
                cells.add(look.apply(i == 0 ? Cell.whole(fields.get(i)) : Cell.of(fields.get(i))));
            }
        }
        return cells.toArray(Cell[]::new);
    }
}
