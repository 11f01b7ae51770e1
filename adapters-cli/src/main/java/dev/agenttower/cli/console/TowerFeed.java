package dev.agenttower.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.SnapshotReader;
import dev.agenttower.cli.queue.RoutingCall;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxPage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the tower. A thread, {@code agenttower-console-inbox}, waits in the daemon for changes of what waits for the human; another
 * one, {@code agenttower-console-panes}, looks at the agents every two seconds, and reads all panes when something is new of them, every ten
 * seconds, and after each such change. Both survive a restart of the daemon.
 */
final class TowerFeed {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(10);
    private static final Timeouts ASK = Timeouts.answerWithin(5);

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
        start("agenttower-console-inbox", feed::followInbox);
        start("agenttower-console-panes", feed::followPanes);
        return feed;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    Tower tower() {
        return tower;
    }

    /** Reads at once, because something was done. */
    void refresh() {
        wanted.release();
    }

    private void now(UnaryOperator<Tower> change) {
        boolean isNews;
        synchronized (this) {
            Tower next = change.apply(tower);
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
                    JsonNode now = daemon.call("list_agents", activeOnly(), ASK);
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

    private static ObjectNode activeOnly() {
        return DaemonAccess.agentParams().put("active_only", true);
    }

    private void readAll() {
        List<BenchPane> panes = SnapshotReader.panes(daemon.calls());
        boolean isDelivering = RoutingCall.call(daemon, context, "status")
                .path("value")
                .asText()
                .equals("enabled");
        now(known -> new Tower(panes, known.waiting(), isDelivering, ""));
    }

    private void followInbox() {
        Map<String, InboxItem> items = new LinkedHashMap<>();
        @Nullable String cursor = null;
        boolean hasMore = true;
        boolean isNews = false;
        try (GovernanceClient client = new GovernanceClient(
                GovernanceClient.socketBeside(daemon.address().path()))) {
            while (true) {
                try {
                    InboxPage page = client.inbox(cursor, hasMore ? Duration.ZERO : Inbox.LONGEST_WAIT);
                    cursor = page.cursor();
                    hasMore = page.hasMore();
                    take(page, items);
                    isNews |= page.isNews();
                    if (isNews && !hasMore) {
                        isNews = false;
                        List<InboxItem> waiting = List.copyOf(items.values());
                        now(known -> new Tower(known.panes(), waiting, known.isDelivering(), known.trouble()));
                        refresh();
                    }
                } catch (DaemonException e) {
                    // The other thread tells. A daemon that was started anew begins a new listing.
                    cursor = null;
                    hasMore = true;
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void take(InboxPage page, Map<String, InboxItem> items) {
        if (page.isReset()) {
            items.clear();
        }
        page.removed().forEach(items::remove);
        page.items().forEach(item -> items.put(item.key(), item));
    }
}
