package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Begins a new chain after a broken one, authorized by a human. The broken chain is kept unchanged, and its hash is recorded on the new one. */
public final class LedgerHealing {
    private final Ledger ledger;

    /** Healing of one ledger. */
    public LedgerHealing(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Closes a ledger whose chain is broken. Only for callers that passed the human gate.
     *
     * @param reason the human's reason
     * @return the {@code integrity_reset} event that the new chain begins with
     * @throws RefusedException CONFLICT, if the ledger is valid; NOT_FOUND, if there is none
     * @throws LedgerException if the ledger could not be closed
     */
    public LedgerEvent heal(String reason) {
        Integrity integrity = ledger.verify();
        if (integrity.valid()) {
            throw new RefusedException(ErrorCode.CONFLICT, "nothing is wrong with the ledger");
        }
        if (integrity.firstBadLine() == 0) {
            throw new RefusedException(ErrorCode.NOT_FOUND, "there is no ledger to heal");
        }
        return ledger.closeSegment(segment -> opening(segment, reason));
    }

    private static EventDraft opening(ClosedSegment segment, String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("segment", segment.name());
        data.put("segment_sha256", segment.sha256());
        data.put("segment_bytes", segment.bytes());
        data.put("segment_events", segment.integrity().events());
        data.put("faults", segment.integrity().faults());
        data.put("first_bad_line", segment.integrity().firstBadLine());
        data.put("authorized_by", Actors.HUMAN);
        data.put("reason", reason);
        String description = "Chain restarted after " + segment.name() + ", which is broken from line "
                + segment.integrity().firstBadLine() + " on and kept as it is.";
        return EventDraft.of("integrity_", Actors.SYSTEM, Actors.SENTRY, "integrity_reset", 1, description)
                .withSpec("SPEC-020")
                .withData(data);
    }
}
