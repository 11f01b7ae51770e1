package dev.agenttower.core.governance.change.application;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.project.ProjectFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an authorized change to its file and to the ledger. The caller must hold the queue. After an interruption {@code ChangeRecovery}
 * finishes or undoes the change.
 */
public final class ChangeExecution {
    private final ChangeApplication application;
    private final Ledger ledger;

    public ChangeExecution(ChangeApplication application, Ledger ledger) {
        this.application = application;
        this.ledger = ledger;
    }

    /**
     * Records the change, writes its file and appends its events. The record is kept until {@link #settle}.
     *
     * @return the events as written
     * @throws RefusedException FAILED, if the file or the ledger could not be written
     */
    public List<LedgerEvent> carryOut(ChangeIntent intent, byte[] content) {
        boolean isReplaced = false;
        try {
            application.begin(intent);
            application.replace(intent, content);
            isReplaced = true;
            return ledger.append(intent.events());
        } catch (ProjectFileException e) {
            if (!isReplaced) {
                application.settle(intent);
            }
            throw failed(e.getMessage());
        } catch (LedgerException e) {
            // the file is changed and the intent stays: recovery writes the events when the ledger can be written again
            throw failed(e.getMessage());
        }
    }

    /** Removes the record of a completed change. */
    public void settle(ChangeIntent intent) {
        application.settle(intent);
    }

    public static RefusedException failed(@Nullable String why) {
        return new RefusedException(ErrorCode.FAILED, "Failed to apply change: " + why);
    }
}
