package dev.agenttower.core.governance.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A query for a page of the ledger. The events of a page are always oldest first.
 *
 * @param filter selects the events
 * @param direction the direction from the cursor
 * @param cursor where to start; null is the beginning when going forward and the end when going backward
 * @param limit the maximum number of events, 1 to 1,000
 */
public record LedgerQuery(
        LedgerFilter filter, Direction direction, @Nullable LedgerCursor cursor, int limit) {
    /** The maximum number of events of a page. */
    public static final int MAX_LIMIT = 1000;

    /** The direction from a cursor. */
    public enum Direction {
        /** To newer events. */
        FORWARD,
        /** To older events. */
        BACKWARD
    }

    /** Checks the limit. */
    public LedgerQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MAX_LIMIT);
        }
    }

    /** The newest events. */
    public static LedgerQuery newest(LedgerFilter filter, int limit) {
        return new LedgerQuery(filter, Direction.BACKWARD, null, limit);
    }

    /** The events after a cursor. */
    public static LedgerQuery after(LedgerFilter filter, LedgerCursor cursor, int limit) {
        return new LedgerQuery(filter, Direction.FORWARD, cursor, limit);
    }

    /** The events before a cursor, the nearest of them. */
    public static LedgerQuery before(LedgerFilter filter, LedgerCursor cursor, int limit) {
        return new LedgerQuery(filter, Direction.BACKWARD, cursor, limit);
    }
}
