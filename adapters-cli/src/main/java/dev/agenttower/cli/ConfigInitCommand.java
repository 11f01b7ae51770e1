package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.core.settings.TowerPaths;
import java.nio.file.Path;
import java.util.List;

/** {@code agenttower config init}. */
final class ConfigInitCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.CONFIG_INIT.form(List.of(), "agenttower config init");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        TowerPaths paths = context.paths();
        Initialisation done = Initialisation.run(paths, context.registry());
        context.out()
                .print(line(done.createdConfig(), "config", paths.configFile())
                        + line(done.createdRegistry(), "registry", paths.database()));
        return ExitCode.OK;
    }

    private static String line(boolean created, String what, Path path) {
        return (created ? "created " + what : "already initialized") + ": " + path + "\n";
    }
}
