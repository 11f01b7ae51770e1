package dev.agenttower.client.governance.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Selects a part of a ledger. The filters match exactly; null matches everything.
 *
 * @param cursor the start
 * @param direction the direction from there
 * @param limit 1 to 1,000
 */
public record LedgerSearch(
        String cursor,
        Direction direction,
        int limit,
        @Nullable String agent,
        @Nullable String role,
        @Nullable String actionType,
        @Nullable String specRef) {
    /** The direction from the cursor. */
    public enum Direction {
        /** To newer events. */
        FORWARD,
        /** To older events. */
        BACKWARD
    }

    /** Checks the limit. */
    public LedgerSearch {
        requireNonNull(cursor, "cursor");
        requireNonNull(direction, "direction");
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be between 1 and 1000: " + limit);
        }
    }

    /** The newest events. */
    public static LedgerSearch newest(int limit) {
        return new LedgerSearch("end", Direction.BACKWARD, limit, null, null, null, null);
    }

    /** The same search from another cursor. */
    public LedgerSearch from(String newCursor, Direction newDirection) {
        return new LedgerSearch(newCursor, newDirection, limit, agent, role, actionType, specRef);
    }
}
