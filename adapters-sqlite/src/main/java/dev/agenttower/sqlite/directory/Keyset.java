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
 * How to go on after a row: by a condition on what an order compares, which an index answers in the same time wherever the page lies.
 *
 * @param columns columns or expressions, the most significant first; none is ever null
 */
record Keyset(List<String> columns, Direction direction) {
    /**
     * One statement of a page.
     *
     * @param conditions which rows it reads
     * @param orderBy the clause that sorts them, led by a blank
     */
    record Step(Conditions conditions, String orderBy) {}

    /**
     * The statements for the rows of a page; rows of the first come before rows of the second, if there are two.
     *
     * @param after where the page begins; null is the first page
     * @param fixed the only value that the filter leaves for a leading expression; null where it leaves several
     * @param filter makes the conditions of the filter
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
        // SQLite uses no index for a comparison of rows that begins with an expression, but uses it for these two.
        Conditions beyond = filter.get().and(beyond(columns.subList(0, 1)), given[0]);
        return List.of(tied(given[0], given, filter.get()), new Step(beyond, orderBy(columns)));
    }

    // Without the leading column in its order, which SQLite would not see to be constant.
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
