package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one project. Thread-safe.
 *
 * <p>It does not check permissions: the use cases decide which caller may write which event.
 */
public interface Ledger {
    /**
     * Appends events, one directly after the other.
     *
     * <p>An implementation must bind each event to the one before it, have all events on disk when it returns, create unique ids, and share the
     * ledger with other writers. It must set a broken end of the ledger aside and record that as an event of its own, and must never start a new
     * chain silently. Reading creates nothing; the first append creates the ledger.
     *
     * @return the events as written, in the order of the drafts
     * @throws LedgerException if the events could not be written; then none is on the ledger
     */
    List<LedgerEvent> append(List<EventDraft> drafts);

    /** Appends one event. */
    default LedgerEvent append(EventDraft draft) {
        return append(List.of(draft)).get(0);
    }

    /**
     * Passes all events to a visitor, oldest first, until it returns false. Unreadable lines are skipped; a missing ledger has no events.
     *
     * @throws LedgerException if the ledger could not be read
     */
    void scan(Predicate<? super LedgerEvent> visitor);

    /**
     * The events that match a filter, oldest first, without the first {@code offset} of them.
     *
     * @param limit how many at most; null is all
     */
    default List<LedgerEvent> select(LedgerFilter filter, long offset, @Nullable Integer limit) {
        List<LedgerEvent> found = new ArrayList<>();
        long[] skipped = {0};
        scan(event -> {
            if (filter.matches(event) && skipped[0]++ >= offset) {
                found.add(event);
            }
            return limit == null || found.size() < limit;
        });
        return found;
    }

    /**
     * A page of events. Reading backward from the end takes a time independent of the size of the ledger, as long as enough events match the
     * filter.
     *
     * @throws dev.agenttower.core.failure.RefusedException CONFLICT, if the cursor does not belong to the current ledger
     * @throws LedgerException if the ledger could not be read
     */
    LedgerPage page(LedgerQuery query);

    /**
     * The position after the last event.
     *
     * @throws LedgerException if the ledger could not be read
     */
    default LedgerCursor end() {
        return page(LedgerQuery.newest(LedgerFilter.all(), 1)).after();
    }

    /**
     * Passes the events after a position to a visitor, oldest first, until it returns false; all events, if the position no longer belongs to
     * this ledger. The read-ahead beyond the last visited event does not grow with the ledger.
     *
     * @throws LedgerException if the ledger could not be read
     */
    default void scanSince(LedgerCursor place, LedgerFilter filter, Predicate<? super LedgerEvent> visitor) {
        LedgerCursor at = place;
        for (int limit = 1; ; limit = Math.min(2 * limit, LedgerQuery.MAX_LIMIT)) {
            LedgerPage page;
            try {
                page = page(LedgerQuery.after(filter, at, limit));
            } catch (RefusedException e) {
                page = page(LedgerQuery.after(filter, LedgerCursor.START, limit));
            }
            for (LedgerEvent event : page.events()) {
                if (!visitor.test(event)) {
                    return;
                }
            }
            if (!page.hasMore()) {
                return;
            }
            at = page.after();
        }
    }

    /**
     * The current extent of the ledger: the offset of a cursor at its end, or slightly more during a write. Takes constant time; a caller
     * waiting for events can poll it before reading.
     *
     * @throws LedgerException if the extent could not be read
     */
    long extent();

    /**
     * Detects events that other programs wrote since the last call and reports them on the ledger, once. An implementation that cannot identify
     * the writer of an event does nothing. Creates no ledger.
     *
     * @throws LedgerException if the ledger could not be read or written; the next call retries
     */
    default void settle() {}

    /**
     * Checks the whole chain. Finds every changed byte, but not whole lines removed from the end, which no chain can detect.
     *
     * @throws LedgerException if the ledger could not be read
     */
    Integrity verify();

    /**
     * Closes the ledger: its content becomes a segment that is never written again, and a new chain begins with the event that {@code opening}
     * creates for that segment.
     *
     * <p>An implementation must hold the lock of appends. An interruption must leave either the old ledger, or the segment and a ledger that
     * names it.
     *
     * @return the first event of the new chain
     * @throws LedgerException if the ledger is missing or could not be closed
     */
    LedgerEvent closeSegment(SegmentOpening opening);
}
