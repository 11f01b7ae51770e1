package dev.agenttower.core.governance.drift;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Refusal;
import dev.agenttower.core.governance.change.ChangeApplication;
import dev.agenttower.core.governance.change.ChangeIntent;
import dev.agenttower.core.governance.ledger.LedgerException;
import java.util.List;

/** The application of authorized changes, which are not taken for a drift. */
public final class AuthorizedChanges implements ChangeApplication {
    private final ChangeApplication application;
    private final SovereignDrift drift;

    /** Changes that {@code application} carries out. */
    public AuthorizedChanges(ChangeApplication application, SovereignDrift drift) {
        this.application = application;
        this.drift = drift;
    }

    @Override
    public String hashOf(String path, String text) {
        return application.hashOf(path, text);
    }

    @Override
    public void begin(ChangeIntent intent) {
        try {
            drift.expect(intent.targetPath(), intent.afterSha256());
        } catch (StorageException e) {
            throw new GovernanceException(Refusal.FAILED, "Failed to apply change: " + e.getMessage());
        }
        application.begin(intent);
    }

    @Override
    public void replace(ChangeIntent intent, String text) {
        application.replace(intent, text);
        try {
            drift.confirm(intent.targetPath(), intent.afterSha256());
        } catch (StorageException e) {
            // that the change is expected is stored, so the next comparison takes it for what it is
        }
    }

    @Override
    public void settle(ChangeIntent intent) {
        try {
            application.settle(intent);
        } finally {
            settle(intent.targetPath());
        }
    }

    private void settle(String path) {
        try {
            drift.settle(path);
        } catch (StorageException | LedgerException e) {
            // what could not be compared now is compared at the next start, when nothing is under way any more
        }
    }

    @Override
    public List<ChangeIntent> unsettled() {
        return application.unsettled();
    }
}
