package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** A ledger in memory; a cursor counts events. Thread-safe. */
public final class InMemoryLedger implements Ledger {
    private final InstantSource clock;
    private final EventIds ids = new EventIds(1);
    private final List<LedgerEvent> events = new ArrayList<>();
    private final List<List<LedgerEvent>> segments = new ArrayList<>();

    /** An empty ledger. */
    public InMemoryLedger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<LedgerEvent> append(List<EventDraft> drafts) {
        List<LedgerEvent> written = new ArrayList<>();
        for (EventDraft draft : drafts) {
            LedgerEvent event = LedgerChain.bind(draft, head(events.size()), clock.instant(), ids);
            events.add(event);
            written.add(event);
        }
        return written;
    }

    @Override
    public void scan(Predicate<? super LedgerEvent> visitor) {
        for (LedgerEvent event : events()) {
            if (!visitor.test(event)) {
                return;
            }
        }
    }

    @Override
    public synchronized LedgerPage page(LedgerQuery query) {
        boolean forward = query.direction() == LedgerQuery.Direction.FORWARD;
        int start = query.cursor() == null ? (forward ? 0 : events.size()) : place(query.cursor());
        List<LedgerEvent> found = new ArrayList<>();
        int at = start;
        while (found.size() < query.limit() && (forward ? at < events.size() : at > 0)) {
            LedgerEvent event = events.get(forward ? at++ : --at);
            if (query.filter().matches(event)) {
                found.add(event);
            }
        }
        if (!forward) {
            Collections.reverse(found);
        }
        boolean hasMore = forward ? at < events.size() : at > 0;
        return new LedgerPage(found, cursor(Math.min(start, at)), cursor(Math.max(start, at)), hasMore);
    }

    @Override
    public synchronized long extent() {
        return events.size();
    }

    @Override
    public synchronized Integrity verify() {
        if (events.isEmpty()) {
            return Integrity.missing();
        }
        ChainCheck check = new ChainCheck();
        for (int i = 0; i < events.size(); i++) {
            check.event(i + 1L, events.get(i).fields());
        }
        return check.result();
    }

    @Override
    public synchronized LedgerEvent closeSegment(SegmentOpening opening) {
        if (events.isEmpty()) {
            throw new LedgerException("there is no ledger to close", null);
        }
        byte[] bytes = text().getBytes(StandardCharsets.US_ASCII);
        ClosedSegment segment =
                new ClosedSegment("segment-" + segments.size(), Sha256.hex(bytes), bytes.length, verify());
        EventDraft first = opening.after(segment);
        segments.add(List.copyOf(events));
        events.clear();
        return append(first);
    }

    /** The events of the current chain. */
    public synchronized List<LedgerEvent> events() {
        return List.copyOf(events);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(JsonForm.line(event.fields())).append('\n'));
        return text.toString();
    }

    private String head(int count) {
        return count == 0 ? LedgerChain.GENESIS : events.get(count - 1).hash();
    }

    private LedgerCursor cursor(int count) {
        return LedgerCursor.after(count, head(count));
    }

    private int place(LedgerCursor cursor) {
        if (cursor.offset() > events.size() || !cursor.equals(cursor((int) cursor.offset()))) {
            throw new RefusedException(ErrorCode.CONFLICT, "the cursor does not belong to this ledger");
        }
        return (int) cursor.offset();
    }
}
