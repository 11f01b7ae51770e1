package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one project. Thread-safe.
 *
 * <p>It trusts its callers: who may write which event is for the use cases to decide.
 */
public interface Ledger {
    /**
     * Appends events, one directly after the other.
     *
     * <p>An implementation must bind each event to the one before it, have all of them on disk when it returns, give ids that no other event
     * has, and share the ledger with other writers. What it finds broken at the end of the ledger it must set aside and write down as an
     * event of its own; it never starts a new chain silently. Reading creates nothing; the first append creates the ledger.
     *
     * @return the events as written, in the order of the drafts
     * @throws LedgerException if the events could not be written; none of them is then on the ledger
     */
    List<LedgerEvent> append(List<EventDraft> drafts);

    /** Appends one event. */
    default LedgerEvent append(EventDraft draft) {
        return append(List.of(draft)).get(0);
    }

    /**
     * Gives all events to a visitor, oldest first, until it returns false. Lines that cannot be read are skipped; a missing ledger has none.
     *
     * @throws LedgerException if the ledger could not be read
     */
    void scan(Predicate<? super LedgerEvent> visitor);

    /**
     * The events that a filter lets through, oldest first, without the first {@code offset} of them.
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
     * A page. Going backward from the end takes a time that does not grow with the ledger, as long as the filter finds enough.
     *
     * @throws dev.agenttower.core.failure.RefusedException CONFLICT, if the cursor does not belong to this ledger as it is now
     * @throws LedgerException if the ledger could not be read
     */
    LedgerPage page(LedgerQuery query);

    /**
     * The place after the last event.
     *
     * @throws LedgerException if the ledger could not be read
     */
    default LedgerCursor end() {
        return page(LedgerQuery.newest(LedgerFilter.all(), 1)).after();
    }

    /**
     * Gives the events after a place to a visitor, oldest first, until it returns false; all events, if the place does not belong to this
     * ledger any more. How far it reads beyond the last event that the visitor takes does not grow with the ledger.
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
     * How far the ledger reaches now: the offset that a cursor at its end has, or a little more while something is being written. It takes no
     * longer on a long ledger, and tells who waits for events whether it is worth to look.
     *
     * @throws LedgerException if the ledger could not be looked at
     */
    long extent();

    /**
     * Looks whether something else has written to the ledger since, and tells of that on it, once. An implementation that cannot know who wrote
     * an event does nothing. Creates no ledger.
     *
     * @throws LedgerException if the ledger could not be read or written; the next look tells it
     */
    default void settle() {}

    /**
     * Checks the whole chain as it is at this moment. Every byte that differs from what was written is found, up to whole lines cut from the
     * end, of which no chain can know.
     *
     * @throws LedgerException if the ledger could not be read
     */
    Integrity verify();

    /**
     * Closes the ledger as it is: what was written becomes a segment that is never written again, and a new chain begins with the event that
     * {@code opening} makes of what is known about the segment.
     *
     * <p>An implementation must do this under the lock of appends and leave, whenever it is interrupted, either the old ledger or the
     * segment and a ledger that names it.
     *
     * @return the first event of the new chain
     * @throws LedgerException if the ledger is missing or could not be closed
     */
    LedgerEvent closeSegment(SegmentOpening opening);
}
