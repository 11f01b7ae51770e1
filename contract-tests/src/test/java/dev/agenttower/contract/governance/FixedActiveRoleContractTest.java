package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.role.ActiveRole;
import dev.agenttower.core.governance.role.FixedActiveRole;
import org.jspecify.annotations.Nullable;

class FixedActiveRoleContractTest extends ActiveRoleContract {
    @Override
    ActiveRole saying(@Nullable String role, @Nullable String spec) {
        return new FixedActiveRole(role, spec);
    }
}
