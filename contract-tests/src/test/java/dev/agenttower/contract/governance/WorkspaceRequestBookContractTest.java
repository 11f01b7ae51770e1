package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.workspace.WorkspaceRequestBook;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceRequestBookContractTest extends RequestBookContract {
    @TempDir
    Path root;

    @Override
    RequestBook book() {
        return new WorkspaceRequestBook(root);
    }
}
