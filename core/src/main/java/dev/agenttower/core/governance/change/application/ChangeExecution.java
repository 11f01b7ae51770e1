package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.project.ProjectFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an authorized change into its file and onto the ledger, for one who holds the queue. Interrupted anywhere, {@link ChangeRecovery} finishes or undoes it. */
final class ChangeExecution {
    private final ChangeApplication application;
    private final Ledger ledger;
    private final ApplicationSteps steps;

    ChangeExecution(ChangeApplication application, Ledger ledger, ApplicationSteps steps) {
        this.application = application;
        this.ledger = ledger;
        this.steps = steps;
    }

    /**
     * Records the change, puts it into its file, and writes its events. It stays recorded until {@link #settle}.
     *
     * @return the events as written
     * @throws RefusedException FAILED, if it could not be applied or told
     */
    List<LedgerEvent> carryOut(ChangeIntent intent, String text) {
        boolean isReplaced = false;
        try {
            application.begin(intent);
            steps.reached(ApplicationStep.INTENT_RECORDED);
            application.replace(intent, text);
            isReplaced = true;
            List<LedgerEvent> events = ledger.append(intent.events());
            steps.reached(ApplicationStep.LEDGER_WRITTEN);
            return events;
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

    /** Nothing is left to be done for the change. */
    void settle(ChangeIntent intent) {
        application.settle(intent);
        steps.reached(ApplicationStep.SETTLED);
    }

    static RefusedException failed(@Nullable String why) {
        return new RefusedException(ErrorCode.FAILED, "Failed to apply change: " + why);
    }
}
