package dev.agenttower.cli.console;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.queue.RoutingCall;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What is known of the tower, read anew by a thread of its own, {@code agenttower-console-feed}. Survives a restart of the daemon. */
final class TowerFeed {
    private static final long SECONDS_BETWEEN = 2;

    private final CliContext context;
    private final DaemonAccess daemon;
    private final Runnable changed;
    private final Semaphore wanted = new Semaphore(0);
    private volatile Tower tower = Tower.UNKNOWN;

    private TowerFeed(CliContext context, DaemonAccess daemon, Runnable changed) {
        this.context = context;
        this.daemon = daemon;
        this.changed = changed;
    }

    /** Starts to read; {@code changed} is called when something else is known. */
    static TowerFeed start(CliContext context, DaemonAccess daemon, Runnable changed) {
        TowerFeed feed = new TowerFeed(context, daemon, changed);
        Thread reader = new Thread(feed::run, "agenttower-console-feed");
        reader.setDaemon(true);
        reader.start();
        return feed;
    }

    Tower tower() {
        return tower;
    }

    /** Reads at once, because something was done. */
    void refresh() {
        wanted.release();
    }

    private void run() {
        try {
            while (true) {
                Tower now = read();
                if (!now.equals(tower)) {
                    tower = now;
                    changed.run();
                }
                boolean unused = wanted.tryAcquire(SECONDS_BETWEEN, TimeUnit.SECONDS);
                wanted.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Tower read() {
        try {
            List<BenchPane> panes = SnapshotReader.panes(daemon.calls());
            boolean isDelivering = RoutingCall.call(daemon, context, "status")
                    .path("value")
                    .asText()
                    .equals("enabled");
            return new Tower(panes, changes(), isDelivering, "");
        } catch (DaemonException | CommandFailure e) {
            return tower.with(Failure.text(e));
        }
    }

    private List<PendingChange> changes() {
        return Governance.ask(context, null, client -> {
            List<PendingChange> changes = new ArrayList<>();
            if (client.pending().count() > 0) {
                for (Project project : client.projects()) {
                    GovernanceClient its = client.inProject(project.name());
                    its.changeSummaries(ChangeFilter.PENDING)
                            .forEach(change -> changes.add(new PendingChange(project.name(), change)));
                }
            }
            return changes;
        });
    }
}
