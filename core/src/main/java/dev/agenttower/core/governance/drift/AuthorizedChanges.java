package dev.agenttower.core.governance.drift;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.change.KnownChanges;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.application.IntentRecord;
import dev.agenttower.core.governance.ledger.LedgerException;
import java.util.List;

/** Applies authorized changes and announces them to {@link SovereignDrift}, so that they are not reported as drift. */
public final class AuthorizedChanges implements ChangeApplication {
    private final ChangeApplication application;
    private final SovereignDrift drift;
    private final KnownChanges known;

    /**
     * Changes that {@code application} applies.
     *
     * @param known notes each change before it is recorded in the project
     */
    public AuthorizedChanges(ChangeApplication application, SovereignDrift drift, KnownChanges known) {
        this.application = application;
        this.drift = drift;
        this.known = known;
    }

    @Override
    public void begin(ChangeIntent intent) {
        try {
            drift.expect(intent.targetPath(), intent.afterSha256());
            known.begin(intent);
        } catch (StorageException e) {
            throw new RefusedException(ErrorCode.FAILED, "Failed to apply change: " + e.getMessage());
        }
        application.begin(intent);
    }

    @Override
    public void replace(ChangeIntent intent, byte[] content) {
        application.replace(intent, content);
        try {
            drift.confirm(intent.targetPath(), intent.afterSha256());
        } catch (StorageException e) {
            // the expected content is stored, so the next comparison does not report a drift
        }
    }

    @Override
    public void settle(ChangeIntent intent) {
        try {
            application.settle(intent);
        } finally {
            forget(intent);
        }
    }

    private void forget(ChangeIntent intent) {
        try {
            known.settle(intent);
            drift.settle(intent.targetPath());
        } catch (StorageException | LedgerException e) {
            // the next start repeats the comparison, when no change is in progress
        }
    }

    @Override
    public List<IntentRecord> records() {
        return application.records();
    }

    @Override
    public ChangeIntent read(IntentRecord record) {
        return application.read(record);
    }

    @Override
    public boolean isOwn(IntentRecord record) {
        return known.isOwn(record);
    }

    @Override
    public void setAside(IntentRecord record) {
        application.setAside(record);
    }
}
