package dev.agenttower.cli.daemon;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.DashboardCommand;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.terminal.Progress;
import dev.agenttower.client.AdoptPane;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.TransportException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code agenttower demo}. */
@Command(
        name = "demo",
        description = "try it out: three panes in a private tmux server, two of them adopted",
        footer = {"  agenttower demo", "  agenttower demo --stop"})
public final class DemoCommand implements Runnable {
    private final CliContext context;

    @Option(names = "--stop", description = "remove the panes of the demo again")
    private boolean isStopped;

    DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        DemoServer server = new DemoServer(context);
        if (isStopped) {
            stop(server);
            return;
        }
        try (Progress progress = new Progress(context.err(), context.terminals().error())) {
            TowerPreparation.startDaemon(context, progress);
            try (DaemonAccess daemon = DaemonAccess.of(context)) {
                AppSession session = daemon.openSession(context);
                progress.step("starting three panes in a private tmux server");
                server.start();
                TowerPreparation.scan(daemon.calls(), Optional.of(session), progress);
                progress.step("adopting two of them");
                List<BenchPane> panes = SnapshotReader.panes(daemon.calls());
                List<BenchPane> demo = ofDemo(panes);
                Set<String> labels = BenchPane.labels(panes);
                Iterator<BenchPane> free =
                        demo.stream().filter(BenchPane::isFree).iterator();
                adopt(session, demo, free, "slave", "shell", "demo-worker", labels);
                adopt(session, demo, free, "test-runner", "test-runner", "demo-tests", labels);
            }
        }
        DashboardCommand.show(new Output(context), context);
        context.out()
                .print("\nThe demo runs in its own tmux server: `tmux -L " + DemoServer.SOCKET_NAME
                        + " attach` shows its panes, `agenttower demo --stop` removes it.\n");
    }

    private static List<BenchPane> ofDemo(List<BenchPane> all) {
        List<BenchPane> panes = all.stream()
                .filter(pane -> pane.socketName().equals(DemoServer.SOCKET_NAME))
                .toList();
        if (panes.size() < 2) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "error: the daemon does not see the panes of the demo; is `enabled = false` set under [host] in"
                            + " config.toml? `agenttower demo --stop` removes the panes");
        }
        return panes;
    }

    /** Adopts the next free pane, unless one has the role already. */
    private static void adopt(
            AppSession session,
            List<BenchPane> panes,
            Iterator<BenchPane> free,
            String role,
            String capability,
            String label,
            Set<String> taken) {
        boolean isAdopted = panes.stream()
                .flatMap(pane -> pane.agent().stream())
                .anyMatch(agent -> agent.role().equals(role));
        if (!isAdopted && free.hasNext()) {
            BenchPane pane = free.next();
            session.adopt(new AdoptPane(pane.key(), role, capability, pane.label(label, taken), null, null, false));
        }
    }

    private void stop(DemoServer server) {
        if (!server.isRunning()) {
            context.out().print("no demo is running\n");
            return;
        }
        server.stop();
        context.out().print("the demo is gone\n");
        try (DaemonAccess daemon = DaemonAccess.of(context);
                Progress progress =
                        new Progress(context.err(), context.terminals().error())) {
            TowerPreparation.scan(daemon.calls(), daemon.openSessionOnHost(context), progress);
        } catch (TransportException e) {
            // Without a daemon there is no registry to update.
            return;
        }
    }
}
