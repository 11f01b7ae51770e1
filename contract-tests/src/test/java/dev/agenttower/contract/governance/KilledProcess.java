package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.change.ApplicationStep;
import dev.agenttower.core.governance.change.ApplicationSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process that is killed when it reaches a step. */
final class KilledProcess {
    /** How a process exits that was killed. */
    static final int KILLED = 128 + 9;

    private KilledProcess() {}

    /** Runs a main class of the tests; gives its exit code. */
    static int run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** Kills this process when it reaches the step of this name. */
    static ApplicationSteps killedAt(String name) {
        ApplicationStep last = ApplicationStep.valueOf(name);
        return step -> {
            if (step == last) {
                killSelf();
            }
        };
    }

    /** Kills this process, and does not return. */
    static void killSelf() {
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
