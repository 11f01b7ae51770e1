package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.ChangeNote.Kind;
import dev.agenttower.core.governance.change.application.IntentRecord;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports, once, change records and decisions that this daemon did not make. Moves such a change record aside. Thread-safe. */
public final class ForeignChanges {
    private final KnownChanges known;
    private final ChangeQueue queue;
    private final ChangeApplication application;
    private final Ledger ledger;

    /**
     * The foreign records and decisions of one project.
     *
     * @param queue marks the decisions that this daemon did not make
     * @param application identifies the records that this daemon did not make
     */
    public ForeignChanges(KnownChanges known, ChangeQueue queue, ChangeApplication application, Ledger ledger) {
        this.known = known;
        this.queue = queue;
        this.application = application;
        this.ledger = ledger;
    }

    /**
     * Finds foreign records and decisions and reports each new one on the ledger.
     *
     * @throws dev.agenttower.core.governance.ledger.LedgerException if the ledger could not be read or written; the next call retries
     * @throws dev.agenttower.core.failure.StorageException if the notes could not be read or written; likewise
     * @throws dev.agenttower.core.governance.project.ProjectFileException if a record could not be moved; likewise
     * @throws ChangeQueueException if the queue could not be read; likewise
     */
    public synchronized void check() {
        for (IntentRecord record : application.records()) {
            if (!application.isOwn(record)) {
                ChangeNote note = report(Kind.FOREIGN_RECORD, record.name(), record.sha256(), event(record));
                application.setAside(record);
                known.remove(note);
            }
        }
        for (ChangeRequest request : queue.requests()) {
            if (request.isExternal()) {
                report(Kind.FOREIGN_DECISION, request.id(), KnownChanges.sha256(request), event(request));
            }
        }
    }

    private ChangeNote report(Kind kind, String id, String sha256, EventDraft event) {
        ChangeNote last = known.find(kind, id);
        ChangeNote reported = ChangeNote.of(kind, id, sha256);
        if (reported.equals(last)) {
            return reported;
        }
        if (last == null || last.unreported() == null || !last.sha256().equals(sha256)) {
            last = new ChangeNote(kind, id, sha256, ledger.end());
            known.put(List.of(last));
        }
        if (!isReported(last, event)) {
            ledger.append(event);
        }
        known.put(List.of(reported));
        return reported;
    }

    private boolean isReported(ChangeNote note, EventDraft event) {
        if (note.unreported() == null) {
            return true;
        }
        boolean[] isReported = {false};
        ledger.scanSince(note.unreported(), LedgerFilter.ofType(event.actionType()), found -> {
            isReported[0] = !found.isExternal() && note.sha256().equals(found.data("sha256"));
            return !isReported[0];
        });
        return isReported[0];
    }

    private static EventDraft event(IntentRecord record) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("file", record.name());
        data.put("sha256", record.sha256());
        return EventDraft.of(
                        "intent_rej",
                        Actors.SYSTEM,
                        Actors.SENTRY,
                        "change_intent_rejected",
                        1,
                        "A record of an authorized change that was not made here was moved aside; nothing was applied.")
                .denied()
                .withData(data);
    }

    private static EventDraft event(ChangeRequest request) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("scr_id", request.id());
        data.put("claimed_status", request.fields().get("status"));
        data.put("sha256", KnownChanges.sha256(request));
        return EventDraft.of(
                        "scr_ext",
                        Actors.SYSTEM,
                        Actors.SENTRY,
                        "change_decision_external",
                        1,
                        "The queue says that SCR " + request.id() + " is "
                                + request.fields().get("status")
                                + ", which was not decided here and authorizes nothing.")
                .denied()
                .withData(data);
    }
}
