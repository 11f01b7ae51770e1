package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.daemon.NativeLibraries;
import java.io.IOException;
import java.nio.file.Path;

/** A process that authorizes a change and is killed when it reaches a step. */
final class KilledChange {
    private KilledChange() {}

    /** Takes the root of the project, the id of the request, and the name of the step. */
    public static void main(String[] arguments) throws IOException {
        NativeLibraries.useThoseOfDistribution();
        ChangeWorkbench.killedAt(ChangeStep.valueOf(arguments[2]), Path.of(arguments[0]))
                .decision()
                .authorize(AuthorizeChange.asProposed(arguments[1]));
    }
}
