package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Ledger;
import java.time.InstantSource;

class InMemoryLedgerContractTest extends LedgerContract {
    @Override
    Ledger ledger() {
        return new InMemoryLedger(InstantSource.system());
    }
}
