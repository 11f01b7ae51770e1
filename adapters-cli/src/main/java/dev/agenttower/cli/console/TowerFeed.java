package dev.agenttower.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.queue.RoutingCall;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.inbox.InboxFollower;
import dev.agenttower.core.inbox.InboxItem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * What is known of the tower. A thread, {@code agenttower-console-inbox}, waits in the daemon for changes of what waits for the human; another
 * one, {@code agenttower-console-panes}, looks at the agents every two seconds, and reads all panes when something is new of them, every ten
 * seconds, and after each such change. Both survive a restart of the daemon.
 */
final class TowerFeed {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(10);

    private final CliContext context;
    private final DaemonAccess daemon;
    private final Runnable changed;
    private final Semaphore wanted = new Semaphore(0);
    private volatile KnownTower tower = KnownTower.UNKNOWN;

    private TowerFeed(CliContext context, DaemonAccess daemon, Runnable changed) {
        this.context = context;
        this.daemon = daemon;
        this.changed = changed;
    }

    /** Starts to read; {@code changed} is called when something else is known. */
    static TowerFeed start(CliContext context, DaemonAccess daemon, Runnable changed) {
        TowerFeed feed = new TowerFeed(context, daemon, changed);
        GovernanceClient client = new GovernanceClient(
                GovernanceClient.socketBeside(daemon.address().path()));
        InboxFollower inbox = new InboxFollower(client, "agenttower-console-inbox");
        inbox.listen(isNews -> {
            if (isNews) {
                List<InboxItem> waiting = inbox.items();
                feed.now(known -> new KnownTower(known.panes(), waiting, known.isDelivering(), known.trouble()));
                feed.refresh();
            }
        });
        inbox.start();
        Thread panes = new Thread(feed::followPanes, "agenttower-console-panes");
        panes.setDaemon(true);
        panes.start();
        return feed;
    }

    KnownTower tower() {
        return tower;
    }

    /** Reads at once, because something was done. */
    void refresh() {
        wanted.release();
    }

    private void now(UnaryOperator<KnownTower> change) {
        boolean isNews;
        synchronized (this) {
            KnownTower next = change.apply(tower);
            isNews = !next.equals(tower);
            tower = next;
        }
        if (isNews) {
            changed.run();
        }
    }

    private void followPanes() {
        JsonNode agents = MissingNode.getInstance();
        long read = 0;
        try {
            while (true) {
                try {
                    JsonNode now = daemon.activeAgents(null);
                    boolean isOld = System.nanoTime() - read > BETWEEN_READINGS.toNanos();
                    if (isOld || !now.equals(agents) || !tower.trouble().isEmpty()) {
                        readAll();
                        agents = now;
                        read = System.nanoTime();
                    }
                } catch (DaemonException | CommandFailure e) {
                    now(known -> known.with(Failure.text(e)));
                }
                if (wanted.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                    agents = MissingNode.getInstance();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() {
        List<BenchPane> panes = SnapshotReader.panes(daemon.calls());
        boolean isDelivering = RoutingCall.call(daemon, context, "status")
                .path("value")
                .asText()
                .equals("enabled");
        now(known -> new KnownTower(panes, known.waiting(), isDelivering, ""));
    }
}
