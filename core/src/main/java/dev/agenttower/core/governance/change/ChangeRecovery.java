package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.application.RecoveredChange;
import dev.agenttower.core.governance.change.proposal.ChangeEvents;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.QueuedRequests;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finishes or undoes the changes that were being applied when a process ended, depending on the content of their files. Run at every start.
 * Thread-safe; may run while the project is in use.
 */
public final class ChangeRecovery {
    private final ChangeQueue queue;
    private final ChangeApplication application;
    private final ProjectFiles files;
    private final Ledger ledger;

    /** Recovery of one project. */
    public ChangeRecovery(ChangeQueue queue, ChangeApplication application, ProjectFiles files, Ledger ledger) {
        this.queue = queue;
        this.application = application;
        this.files = files;
        this.ledger = ledger;
    }

    /** Recovers every interrupted change and returns the outcome of each. Writes nothing if there is nothing to recover. */
    public List<RecoveredChange> recover() {
        if (application.unsettled().isEmpty() && !isLastUnreported(queue.requests())) {
            return List.of();
        }
        return queue.exclusively(writing -> {
            List<RecoveredChange> recovered = settleAll(writing);
            List<ChangeRequest> requests = writing.requests();
            if (isLastUnreported(requests)) {
                ledger.append(ChangeEvents.proposed(requests.get(requests.size() - 1)));
            }
            return recovered;
        });
    }

    /**
     * The ids of interrupted changes that are neither finished nor undone. Waits for a change that is being applied. Changes nothing.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if the record of a change cannot be read
     * @throws ChangeQueueException if another writer holds the queue
     */
    public List<String> interrupted() {
        if (application.unsettled().isEmpty()) {
            return List.of();
        }
        return queue.exclusively(writing ->
                application.unsettled().stream().map(ChangeIntent::id).toList());
    }

    /** Finishes or undoes interrupted changes. The caller must hold the queue. */
    List<RecoveredChange> settleAll(ChangeQueue.Writing writing) {
        List<RecoveredChange> recovered = new ArrayList<>();
        for (ChangeIntent intent : application.unsettled()) {
            recovered.add(new RecoveredChange(intent.id(), settle(intent, writing)));
        }
        return recovered;
    }

    private RecoveredChange.Outcome settle(ChangeIntent intent, ChangeQueue.Writing writing) {
        String found = found(intent.targetPath());
        List<EventDraft> missing = missingEvents(intent);
        boolean isReported = missing.size() < intent.events().size();
        boolean isChange = !intent.afterSha256().equals(intent.beforeSha256());
        RecoveredChange.Outcome outcome;
        if (isReported || (isChange && intent.afterSha256().equals(found))) {
            finish(intent, missing, writing);
            outcome = RecoveredChange.Outcome.FINISHED;
        } else if (Objects.equals(intent.beforeSha256(), found)) {
            outcome = RecoveredChange.Outcome.UNDONE;
        } else {
            ledger.append(intent.change().interrupted(found));
            outcome = RecoveredChange.Outcome.OVERTAKEN;
        }
        application.settle(intent);
        return outcome;
    }

    private @Nullable String found(String path) {
        try {
            ProjectText text = files.read(path);
            return text == null ? null : text.sha256();
        } catch (ProjectFileException e) {
            return "unreadable";
        }
    }

    private void finish(ChangeIntent intent, List<EventDraft> missing, ChangeQueue.Writing writing) {
        if (!missing.isEmpty()) {
            ledger.append(missing);
        }
        if (intent.change() instanceof ChangeRequest decided) {
            writing.save(QueuedRequests.replaced(writing.requests(), decided));
        }
    }

    /** The events of a change that are not on the ledger. */
    private List<EventDraft> missingEvents(ChangeIntent intent) {
        List<EventDraft> missing = new ArrayList<>(intent.events());
        ledger.scanSince(intent.ledger(), LedgerFilter.all(), event -> {
            missing.removeIf(draft -> draft.matches(event));
            return !missing.isEmpty();
        });
        return missing;
    }

    /** A process that ended after writing the queue and before writing the ledger leaves the newest request without an event. */
    private boolean isLastUnreported(List<ChangeRequest> requests) {
        if (requests.isEmpty()) {
            return false;
        }
        ChangeRequest last = requests.get(requests.size() - 1);
        return last.isPending()
                && last.proposedAfter()
                        .filter(place -> !wasProposed(last.id(), place))
                        .isPresent();
    }

    private boolean wasProposed(String id, LedgerCursor place) {
        LedgerFilter proposals = LedgerFilter.ofType(ChangeEvents.PROPOSED);
        LedgerCursor at = place;
        try {
            while (true) {
                // one at a time: the event, if present, comes first, and a million others may follow
                LedgerPage page = ledger.page(LedgerQuery.after(proposals, at, 1));
                if (page.events().isEmpty()) {
                    return false;
                }
                LedgerEvent event = page.events().get(0);
                if (!event.isExternal() && id.equals(event.data("scr_id"))) {
                    return true;
                }
                at = page.after();
            }
        } catch (RefusedException e) {
            return true; // a new chain was begun since, which requires a recovery first
        }
    }
}
