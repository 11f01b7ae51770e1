package dev.agenttower.client.governance.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a ledger. The filters are exact; what is null does not matter.
 *
 * @param cursor where to begin
 * @param direction which way to go from there
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
    /** The way from the cursor. */
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

    /** The same search from another place. */
    public LedgerSearch from(String newCursor, Direction newDirection) {
        return new LedgerSearch(newCursor, newDirection, limit, agent, role, actionType, specRef);
    }
}
