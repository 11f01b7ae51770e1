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
 * Writes a governance file together with its ledger event, so that a crash leaves both or neither: the event is noted, the file written, the
 * event appended, the note removed. After an interruption {@link #settle} completes the write depending on the state of the file.
 *
 * <p>Callers must hold the lock of the file.
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
     * @param shown the state of the entry after the write
     * @param write writes the file
     * @param restore restores the file if the event cannot be appended
     * @throws StorageException if the event cannot be noted; then nothing is written
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
            // the write is complete, and the next settle removes the note
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

    /** Whether there may be an interrupted write. */
    public boolean isInterrupted() {
        return !isSettled && !promises().isEmpty();
    }

    /**
     * Completes interrupted writes: appends the event if the file shows the write, else drops it.
     *
     * @param isShown checks whether the file shows the write
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
