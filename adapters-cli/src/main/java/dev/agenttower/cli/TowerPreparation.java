package dev.agenttower.cli;

import dev.agenttower.cli.terminal.Progress;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.socket.client.AppSession;
import java.nio.file.Files;

/** Everything that must be done before there is something to see: first setup, daemon, scans. Each step only if it is needed. */
final class TowerPreparation {
    private TowerPreparation() {}

    static void startDaemon(CliContext context, Progress progress) {
        TowerPaths paths = context.paths();
        if (!Files.exists(paths.configFile()) || !Files.exists(paths.database())) {
            progress.step("setting up " + paths.stateDir());
            Initialisation.run(paths, context.registry());
        }
        progress.step("starting the daemon");
        DaemonEnsurance.run(context);
    }

    /** Scans; problems show on the dashboard. */
    static void scan(AppSession session, Progress progress) {
        progress.step("looking for bench containers");
        session.scanContainers(true);
        progress.step("looking for tmux panes");
        session.scanPanes(true);
    }
}
