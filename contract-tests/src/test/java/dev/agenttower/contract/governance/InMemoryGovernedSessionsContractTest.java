package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.core.governance.role.InMemoryGovernedSessions;

class InMemoryGovernedSessionsContractTest extends GovernedSessionsContract {
    @Override
    GovernedSessions sessions() {
        return new InMemoryGovernedSessions();
    }
}
