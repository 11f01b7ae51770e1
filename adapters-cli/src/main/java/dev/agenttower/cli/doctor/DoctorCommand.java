package dev.agenttower.cli.doctor;

import dev.agenttower.cli.command.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower doctor}. */
@Command(
        name = "doctor",
        description = "run all diagnostic checks, of the connection to the daemon and of the governed projects",
        footer = {"  agenttower doctor", "  agenttower doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return Diagnosis.run(true, output, output.context()).status();
    }
}
