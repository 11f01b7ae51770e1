package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** {@code agenttower doctor}. */
final class DoctorCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.DOCTOR.form(List.of(OptionForm.JSON), "agenttower doctor", "agenttower doctor --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        return Diagnosis.run(true, arguments, context);
    }
}
