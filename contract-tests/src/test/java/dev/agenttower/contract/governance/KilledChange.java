package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.change.ApplicationStep;
import dev.agenttower.core.governance.change.AuthorizeChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that authorizes a change and is killed when it reaches a step. */
final class KilledChange {
    private KilledChange() {}

    /** Takes the root of the project, the id of the request, and the name of the step. */
    public static void main(String[] arguments) throws IOException {
        ChangeWorkbench bench = ChangeWorkbench.inDirectory(Path.of(arguments[0]), step -> {
            if (step == ApplicationStep.valueOf(arguments[2])) {
                killSelf();
            }
        });
        bench.decision().authorize(AuthorizeChange.asProposed(arguments[1]));
    }

    private static void killSelf() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
