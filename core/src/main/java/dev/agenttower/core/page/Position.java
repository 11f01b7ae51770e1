package dev.agenttower.core.page;

import java.util.List;

/**
 * A position between two rows of a list, given by the order's column values of the row before it.
 *
 * @param values strings and longs, in the order of {@link ListOrder#columns()}
 */
public record Position(List<Object> values) {
    /** Copies the values. */
    public Position {
        values = List.copyOf(values);
    }
}
