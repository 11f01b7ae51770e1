package dev.agenttower.cli.config;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.core.settings.TowerPaths;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code agenttower config init}. */
@Command(
        name = "init",
        description = "create folders, the settings file and the registry; idempotent",
        footer = "  agenttower config init")
final class ConfigInitCommand implements Runnable {
    private final CliContext context;

    ConfigInitCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        TowerPaths paths = context.paths();
        Initialisation done = Initialisation.run(paths, context.registry());
        context.out()
                .print(line(done.createdConfig(), "config", paths.configFile())
                        + line(done.createdRegistry(), "registry", paths.database()));
    }

    private static String line(boolean created, String what, Path path) {
        return (created ? "created " + what : "already initialized") + ": " + path + "\n";
    }
}
