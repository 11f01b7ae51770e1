package dev.agenttower.core.governance.ledger.note;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes a file of governance together with the event that tells of it, so that a crash leaves neither alone: the event is noted, the file written,
 * the event appended, the note removed. Interrupted anywhere, {@link #settle} finishes it by what the file shows.
 *
 * <p>To be used only by who holds the lock of the file.
 */
public final class ReportedWrites {
    private final PromiseStore store;
    private final String project;
    private final String file;
    private final Ledger ledger;
    private volatile boolean isSettled;

    /**
     * The writes to one file.
     *
     * @param project the key of its project in the store
     * @param file its key in the store
     */
    public ReportedWrites(PromiseStore store, String project, String file, Ledger ledger) {
        this.store = store;
        this.project = project;
        this.file = file;
        this.ledger = ledger;
    }

    /**
     * Writes the file and appends the event.
     *
     * @param subject the id of the entry that is written
     * @param shown what the entry says then
     * @param write writes the file
     * @param restore writes the file as it was, for an event that cannot be appended
     * @throws StorageException if the event cannot be noted; nothing is written then
     * @throws LedgerException if it cannot be appended
     */
    public LedgerEvent write(String subject, String shown, EventDraft event, Runnable write, Runnable restore) {
        PromisedEvent promise = new PromisedEvent(file, subject, shown, event, ledger.end());
        boolean wasSettled = isSettled;
        isSettled = false;
        store.note(project, promise);
        write.run();
        LedgerEvent written = append(event, restore);
        try {
            store.remove(project, promise);
            isSettled = wasSettled;
        } catch (StorageException e) {
            // all is written, and whoever settles next removes the note
        }
        return written;
    }

    private LedgerEvent append(EventDraft event, Runnable restore) {
        try {
            return ledger.append(event);
        } catch (LedgerException e) {
            try {
                restore.run();
            } catch (RuntimeException unrestored) {
                e.addSuppressed(unrestored);
            }
            throw e;
        }
    }

    /** Whether something may be noted that was interrupted. */
    public boolean isInterrupted() {
        return !isSettled && !promises().isEmpty();
    }

    /**
     * Finishes what was interrupted: what the file shows gets its event, what it does not show never happened.
     *
     * @param isShown tells whether the file shows what was to be written
     */
    public void settle(Predicate<PromisedEvent> isShown) {
        if (isSettled) {
            return;
        }
        for (PromisedEvent promise : promises()) {
            if (isShown.test(promise) && !isReported(promise)) {
                ledger.append(promise.event());
            }
            store.remove(project, promise);
        }
        isSettled = true;
    }

    private List<PromisedEvent> promises() {
        return store.find(project, file);
    }

    private boolean isReported(PromisedEvent promise) {
        boolean[] isReported = {false};
        ledger.scanSince(promise.place(), LedgerFilter.all(), event -> {
            isReported[0] = promise.event().matches(event);
            return !isReported[0];
        });
        return isReported[0];
    }
}
