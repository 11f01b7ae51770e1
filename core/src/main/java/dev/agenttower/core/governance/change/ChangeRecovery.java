package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Stamps;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finishes or undoes the changes that were being applied when a process ended, by what their files hold. Run at every start. Thread-safe, and
 * safe to run while others work.
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

    /** Recovers, and tells what became of each change that was under way. Where nothing was ever proposed, nothing is created. */
    public List<RecoveredChange> recover() {
        if (application.unsettled().isEmpty() && queue.requests().isEmpty()) {
            return List.of();
        }
        return queue.exclusively(writing -> {
            List<RecoveredChange> recovered = settleAll(writing);
            tellOfLast(writing.requests());
            return recovered;
        });
    }

    /**
     * The ids of the requests whose changes were interrupted and not yet finished or undone. One that is being applied meanwhile is waited for.
     * Changes nothing.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if what was recorded of one cannot be read
     * @throws ChangeQueueException if the queue is kept by another writer
     */
    public List<String> interrupted() {
        if (application.unsettled().isEmpty()) {
            return List.of();
        }
        return queue.exclusively(writing -> application.unsettled().stream()
                .map(intent -> intent.decided().id())
                .toList());
    }

    /** Finishes or undoes what was under way, for one who holds the queue. */
    List<RecoveredChange> settleAll(ChangeQueue.Writing writing) {
        List<RecoveredChange> recovered = new ArrayList<>();
        for (ChangeIntent intent : application.unsettled()) {
            recovered.add(new RecoveredChange(intent.decided().id(), settle(intent, writing)));
        }
        return recovered;
    }

    private RecoveredChange.Outcome settle(ChangeIntent intent, ChangeQueue.Writing writing) {
        String found = found(intent.decided().targetPath());
        boolean isAuthorized = isOnLedger(intent, ChangeEvents.AUTHORIZED);
        boolean isApplied = isOnLedger(intent, ChangeEvents.APPLIED);
        boolean isChange = !intent.afterSha256().equals(intent.beforeSha256());
        RecoveredChange.Outcome outcome;
        if (isApplied || isAuthorized || (isChange && intent.afterSha256().equals(found))) {
            finish(intent, isAuthorized, isApplied, writing);
            outcome = RecoveredChange.Outcome.FINISHED;
        } else if (Objects.equals(intent.beforeSha256(), found)) {
            outcome = RecoveredChange.Outcome.UNDONE;
        } else {
            ledger.append(ChangeEvents.interrupted(intent.decided(), found));
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

    private void finish(ChangeIntent intent, boolean isAuthorized, boolean isApplied, ChangeQueue.Writing writing) {
        List<EventDraft> missing = new ArrayList<>();
        if (!isAuthorized) {
            missing.add(ChangeEvents.authorized(intent.decided()));
        }
        if (!isApplied) {
            missing.add(ChangeEvents.applied(intent.decided(), intent.beforeSha256(), intent.afterSha256()));
        }
        if (!missing.isEmpty()) {
            ledger.append(missing);
        }
        writing.save(Pending.replaced(writing.requests(), intent.decided()));
    }

    /** A process that ended between queue and ledger left the newest request without its event. */
    private void tellOfLast(List<ChangeRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        ChangeRequest last = requests.get(requests.size() - 1);
        Instant submitted = Stamps.parse(last.ts()).orElse(Instant.EPOCH);
        if (last.isPending() && last.knowsTarget() && !wasProposed(last.id(), submitted)) {
            ledger.append(ChangeEvents.proposed(last));
        }
    }

    private boolean wasProposed(String id, Instant since) {
        LedgerPage page = ledger.page(LedgerQuery.newest(LedgerFilter.all(), LedgerQuery.MAX_LIMIT));
        while (true) {
            for (LedgerEvent event : page.events()) {
                if (event.actionType().equals(ChangeEvents.PROPOSED) && id.equals(event.data("scr_id"))) {
                    return true;
                }
            }
            boolean reachesBack = page.events().isEmpty()
                    || Stamps.parse(page.events().get(0).ts())
                            .orElse(Instant.EPOCH)
                            .isBefore(since);
            if (reachesBack || !page.hasMore()) {
                return false;
            }
            page = ledger.page(LedgerQuery.before(LedgerFilter.all(), page.before(), LedgerQuery.MAX_LIMIT));
        }
    }

    private boolean isOnLedger(ChangeIntent intent, String type) {
        LedgerCursor cursor = intent.ledger();
        while (true) {
            LedgerPage page = after(cursor, type);
            if (page.events().stream().anyMatch(event -> intent.decided().id().equals(event.data("scr_id")))) {
                return true;
            }
            if (!page.hasMore()) {
                return false;
            }
            cursor = page.after();
        }
    }

    private LedgerPage after(LedgerCursor cursor, String type) {
        LedgerFilter filter = LedgerFilter.ofType(type);
        try {
            return ledger.page(LedgerQuery.after(filter, cursor, LedgerQuery.MAX_LIMIT));
        } catch (GovernanceException e) {
            // the ledger began a new chain since
            return ledger.page(LedgerQuery.after(filter, LedgerCursor.START, LedgerQuery.MAX_LIMIT));
        }
    }
}
