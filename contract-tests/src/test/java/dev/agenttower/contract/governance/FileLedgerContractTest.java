package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.workspace.ledger.FileLedger;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerContractTest extends LedgerContract {
    @TempDir
    Path root;

    @Override
    Ledger ledger() {
        return new FileLedger(root.resolve("_cortex/ads/events.jsonl"), InstantSource.system());
    }
}
