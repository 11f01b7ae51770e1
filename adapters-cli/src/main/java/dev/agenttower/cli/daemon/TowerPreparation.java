package dev.agenttower.cli.daemon;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.config.Initialisation;
import dev.agenttower.cli.terminal.Progress;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonCalls;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.settings.TowerPaths;
import java.nio.file.Files;
import java.util.Optional;

/** The steps before the first dashboard: setup, daemon start, scans; each only if needed. */
public final class TowerPreparation {
    private static final Timeouts SCAN = Timeouts.answerWithin(30);

    private TowerPreparation() {}

    /** Sets the tower up, and starts its daemon, unless that is done. */
    public static void startDaemon(CliContext context, Progress progress) {
        TowerPaths paths = context.paths();
        if (!Files.exists(paths.configFile()) || !Files.exists(paths.database())) {
            progress.step("setting up " + paths.stateDir());
            Initialisation.run(paths, context.registry());
        }
        progress.step("starting the daemon");
        DaemonEnsurance.run(context);
    }

    /** Scans; problems appear on the dashboard. */
    static void scan(DaemonCalls calls, Optional<AppSession> session, Progress progress) {
        progress.step("looking for bench containers");
        session.ifPresentOrElse(host -> host.scanContainers(true), () -> scan(calls, "scan_containers"));
        progress.step("looking for tmux panes");
        session.ifPresentOrElse(host -> host.scanPanes(true), () -> scan(calls, "scan_panes"));
    }

    private static void scan(DaemonCalls calls, String method) {
        try {
            calls.call(method, null, SCAN);
        } catch (DaemonErrorException ignored) {
            // The dashboard shows the previous state; `agenttower scan` reports the failure.
        }
    }
}
