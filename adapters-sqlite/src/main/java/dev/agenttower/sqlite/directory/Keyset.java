package dev.agenttower.sqlite.directory;

import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Position;
import dev.agenttower.sqlite.database.Conditions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Continues a page after a row, by a condition on the compared columns; an index answers it in the same time at every position.
 *
 * @param columns columns or expressions, the most significant first; never null in any row
 */
record Keyset(List<String> columns, Direction direction) {
    /**
     * One statement of a page.
     *
     * @param conditions the conditions of its rows
     * @param orderBy the ORDER BY clause with a leading blank
     */
    record Step(Conditions conditions, String orderBy) {}

    /**
     * The statements for the rows of a page; the rows of the first precede those of the second, if there are two.
     *
     * @param after the position before the page; null for the first page
     * @param fixed the only value that the filter permits for the leading expression; null if it permits several
     * @param filter creates the conditions of the filter
     */
    List<Step> steps(@Nullable Position after, @Nullable Object fixed, Supplier<Conditions> filter) {
        Object[] given = after == null ? new Object[0] : after.values().toArray();
        boolean led = columns.get(0).indexOf(' ') >= 0;
        if (led && fixed != null) {
            return List.of(tied(fixed, given, filter.get()));
        }
        if (after == null) {
            return List.of(new Step(filter.get(), orderBy(columns)));
        }
        if (!led) {
            return List.of(new Step(filter.get().and(beyond(columns), given), orderBy(columns)));
        }
        // SQLite uses no index for a row comparison that starts with an expression, but does for these two statements.
        Conditions beyond = filter.get().and(beyond(columns.subList(0, 1)), given[0]);
        return List.of(tied(given[0], given, filter.get()), new Step(beyond, orderBy(columns)));
    }

    // Orders without the leading column, because SQLite does not recognize it as constant.
    private Step tied(Object leading, Object[] given, Conditions conditions) {
        List<String> rest = columns.subList(1, columns.size());
        conditions.and(columns.get(0) + " = ?", leading);
        if (given.length > 0) {
            conditions.and(beyond(rest), Arrays.copyOfRange(given, 1, given.length));
        }
        return new Step(conditions, orderBy(rest));
    }

    private String beyond(List<String> compared) {
        String places = String.join(", ", Collections.nCopies(compared.size(), "?"));
        return "(" + String.join(", ", compared) + ")" + (direction == Direction.ASC ? " > " : " < ") + "(" + places
                + ")";
    }

    private String orderBy(List<String> sorted) {
        return sorted.stream()
                .map(column -> column + " " + direction)
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }
}
