package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.change.AuthorizeChange;
import java.io.IOException;
import java.nio.file.Path;

/** A process that authorizes a change and is killed when it reaches a step. */
final class KilledChange {
    private KilledChange() {}

    /** Takes the root of the project, the id of the request, and the name of the step. */
    public static void main(String[] arguments) throws IOException {
        ChangeWorkbench.inDirectory(Path.of(arguments[0]), KilledProcess.killedAt(arguments[2]))
                .decision()
                .authorize(AuthorizeChange.asProposed(arguments[1]));
    }
}
