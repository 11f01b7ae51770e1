package dev.agenttower.contract.governance;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceChangeContractTest extends ChangeContract {
    @TempDir
    Path root;

    @Override
    ChangeWorkbench workbench() throws IOException {
        return ChangeWorkbench.inDirectory(root);
    }
}
