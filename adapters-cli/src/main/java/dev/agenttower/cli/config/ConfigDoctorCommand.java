package dev.agenttower.cli.config;

import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.doctor.Diagnosis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower config doctor}. */
@Command(
        name = "doctor",
        description = "run diagnostic checks of the connection to the daemon",
        footer = {"  agenttower config doctor", "  agenttower config doctor --json"})
final class ConfigDoctorCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return Diagnosis.run(false, output, output.context()).status();
    }
}
