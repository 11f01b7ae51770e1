package dev.agenttower.core.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place between two rows of a sorted listing: the sort values and key of the row before it.
 *
 * @param values strings, longs and nulls, in the order of the sort
 */
public record Position(List<@Nullable Object> values) {
    /** Copies the values. */
    public Position {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
