package dev.agenttower.cli.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size of the terminal.
 *
 * @param columns at least 20
 * @param rows at least 5
 */
public record ScreenSize(int columns, int rows) {
    /** The size of a terminal that does not report one. */
    public static final ScreenSize USUAL = new ScreenSize(80, 24);

    private static final int MIN_COLUMNS = 20;
    private static final int MIN_ROWS = 5;

    /** Applies the lower limits. */
    public ScreenSize {
        columns = Math.max(columns, MIN_COLUMNS);
        rows = Math.max(rows, MIN_ROWS);
    }

    /** The size of this process's terminal, else {@code COLUMNS} and {@code LINES}, else 80 by 24. */
    public static ScreenSize current(Map<String, String> environment) {
        @Nullable ScreenSize asked = ask();
        return asked != null
                ? asked
                : new ScreenSize(
                        number(environment.get("COLUMNS"), USUAL.columns()),
                        number(environment.get("LINES"), USUAL.rows()));
    }

    // Java has no API for the terminal size.
    private static @Nullable ScreenSize ask() {
        String[] parts = Stty.ask("size").split(" ", -1);
        int rows = number(parts[0], 0);
        int columns = parts.length > 1 ? number(parts[1], 0) : 0;
        return columns > 0 && rows > 0 ? new ScreenSize(columns, rows) : null;
    }

    private static int number(@Nullable String text, int fallback) {
        try {
            return text == null ? fallback : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return fallback;
        }
    }
}
