package dev.agenttower.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower doctor}. */
@Command(
        name = "doctor",
        description = "run all diagnostic checks: of the way to the daemon, and of the governed projects",
        footer = {"  agenttower doctor", "  agenttower doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private Output output;

    DoctorCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return Diagnosis.run(true, output, context).status();
    }
}
