package dev.agenttower.core.governance.ledger;

import java.util.List;
import java.util.function.Predicate;

/** A ledger that writes roles in the project's spelling. */
public final class RoleNormalizingLedger implements Ledger {
    private final Ledger ledger;
    private final RoleNames names;

    /** Normalizes the roles of events appended to {@code ledger}. */
    public RoleNormalizingLedger(Ledger ledger, RoleNames names) {
        this.ledger = ledger;
        this.names = names;
    }

    @Override
    public List<LedgerEvent> append(List<EventDraft> drafts) {
        return ledger.append(drafts.stream()
                .map(draft -> draft.withRole(names.spelled(draft.role())))
                .toList());
    }

    @Override
    public void scan(Predicate<? super LedgerEvent> visitor) {
        ledger.scan(visitor);
    }

    @Override
    public LedgerPage page(LedgerQuery query) {
        return ledger.page(query);
    }

    @Override
    public long extent() {
        return ledger.extent();
    }

    @Override
    public void settle() {
        ledger.settle();
    }

    @Override
    public Integrity verify() {
        return ledger.verify();
    }

    @Override
    public LedgerEvent closeSegment(SegmentOpening opening) {
        return ledger.closeSegment(opening);
    }
}
