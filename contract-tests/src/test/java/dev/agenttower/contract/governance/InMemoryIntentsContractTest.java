package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.policy.InMemoryIntents;
import dev.agenttower.core.governance.policy.Intents;

class InMemoryIntentsContractTest extends IntentsContract {
    private final InMemoryIntents intents = new InMemoryIntents();

    @Override
    Intents intents() {
        return intents;
    }

    @Override
    void put(String intentId, String status) {
        intents.put(intentId, status);
    }
}
