package dev.agenttower.contract.governance;

import dev.agenttower.daemon.NativeLibraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that changes a role at the word of a human and is killed when it reaches a step. */
final class KilledPolicyEdit {
    private KilledPolicyEdit() {}

    /** Takes the root of the project and the name of the step. */
    public static void main(String[] arguments) throws IOException {
        NativeLibraries.useThoseOfDistribution();
        ChangeWorkbench.killedAt(ChangeStep.valueOf(arguments[1]), Path.of(arguments[0]))
                .editing()
                .changeRole("Developer", Map.of("paths", List.of("lib/")));
    }
}
