package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.policy.InMemoryPolicy;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.workspace.file.JacksonJson;
import org.jspecify.annotations.Nullable;

class InMemoryPolicyContractTest extends PolicySourceContract {
    private final InMemoryPolicy policy = new InMemoryPolicy(new JacksonJson());

    @Override
    PolicySource source() {
        return policy;
    }

    @Override
    void put(String file, @Nullable String text) {
        policy.put(file, text);
    }
}
