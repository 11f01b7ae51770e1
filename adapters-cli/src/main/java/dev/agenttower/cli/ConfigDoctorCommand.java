package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower config doctor}. */
final class ConfigDoctorCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.CONFIG_DOCTOR.form(
                List.of(OptionForm.JSON), "agenttower config doctor", "agenttower config doctor --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        return Diagnosis.run(false, arguments, context);
    }
}
