package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.workspace.role.WorkspaceSessions;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceSessionsContractTest extends GovernedSessionsContract {
    @TempDir
    Path root;

    @Override
    GovernedSessions sessions() {
        return new WorkspaceSessions(root, InstantSource.system());
    }
}
