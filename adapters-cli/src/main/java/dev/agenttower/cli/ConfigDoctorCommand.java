package dev.agenttower.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower config doctor}. */
@Command(
        name = "doctor",
        description = "run diagnostic checks of the way to the daemon",
        footer = {"  agenttower config doctor", "  agenttower config doctor --json"})
final class ConfigDoctorCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private Output output;

    ConfigDoctorCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return Diagnosis.run(false, output, context).status();
    }
}
