package dev.agenttower.sqlite;

import dev.agenttower.core.directory.AgentCriteria;
import dev.agenttower.core.directory.AgentOrder;
import dev.agenttower.core.directory.ContainerCriteria;
import dev.agenttower.core.directory.ContainerOrder;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.PaneCriteria;
import dev.agenttower.core.directory.PaneOrder;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.page.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints how long the stores take to read: the dashboard and pages of 50 at the beginning, in the middle and at the end of a listing, once on
 * a database that does not change and once with a foreign commit before each read.
 *
 * <p>Not a test: run it by hand with the test class path.
 */
public final class StoreTimings {
    private static final int ROUNDS = 400;

    private final Path database;
    private final Connection outside;

    private StoreTimings(Path database, Connection outside) {
        this.database = database;
        this.outside = outside;
    }

    /** Fills databases in a temporary folder and prints the figures. */
    public static void main(String[] args) throws IOException, SQLException {
        measure("50 containers, 500 panes, 200 agents, 10,000 events, 1,000 messages", 50, 500, 200, 10_000, 1_000);
        measure("50 containers, 10,000 panes, 10,000 agents", 50, 10_000, 10_000, 10_000, 1_000);
        measure("1 container, 10,000 panes, 200 agents", 1, 10_000, 200, 10_000, 1_000);
    }

    private static void measure(String title, int containers, int panes, int agents, int events, int messages)
            throws IOException, SQLException {
        Path database = Files.createTempDirectory("timings").resolve("store/agenttower.sqlite3");
        Registry.prepare(database);
        System.out.println(title);
        try (Connection outside = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            try (Statement statement = outside.createStatement()) {
                statement.executeUpdate("PRAGMA synchronous = OFF");
            }
            StoreTimings timings = new StoreTimings(database, outside);
            timings.fill(containers, panes, agents, events, messages);
            timings.run();
        }
        Files.delete(database);
        Files.delete(database.getParent());
        Files.delete(database.getParent().getParent());
    }

    private void fill(int containers, int panes, int agents, int events, int messages) throws SQLException {
        String count = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) ";
        String time = "strftime('%%Y-%%m-%%dT%%H:%%M:%%f000+00:00', 1700000000 + i, 'unixepoch')".replace("%%", "%");
        String place = "printf('%064x', i % " + containers
                + "), '/tmp/tmux-1000/default', 'session-' || (i % 7), i % 11," + " i % 3, '%' || i";
        execute(String.format(Locale.ROOT, count, containers)
                + "INSERT INTO containers (container_id, name, image, status, active, first_seen_at, last_scanned_at)"
                + " SELECT printf('%064x', i), 'bench-' || i, 'image', 'running', 1, " + time + ", " + time
                + " FROM n");
        execute(String.format(Locale.ROOT, count, panes) + "INSERT INTO panes SELECT " + place + ", 'bench-' || (i % "
                + containers + "), 'user', i, '/dev/pts/1', 'bash', '/work', 'title', 1, 1, " + time + ", " + time
                + " FROM n");
        execute(String.format(Locale.ROOT, count, agents)
                + "INSERT INTO agents SELECT printf('agt_%012x', i), " + place
                + ", CASE i % 3 WHEN 0 THEN 'slave' WHEN 1 THEN 'master' ELSE 'shell' END, 'claude', 'agent-' || i,"
                + " '/work', NULL, '{}', " + time + ", " + time + ", NULL, 1 FROM n");
        execute(String.format(Locale.ROOT, count, events)
                + "INSERT INTO events (event_type, agent_id, observed_at, excerpt) SELECT 'activity',"
                + " printf('agt_%012x', i % 200), " + time + ", 'an excerpt of a log' FROM n");
        execute(String.format(Locale.ROOT, count, messages)
                + "INSERT INTO message_queue (message_id, state, delivered_at, sender_agent_id, sender_label, sender_role,"
                + " target_agent_id, target_label, target_role, target_container_id, target_pane_id, envelope_body,"
                + " envelope_body_sha256, envelope_size_bytes, enqueued_at, last_updated_at)"
                + " SELECT 'm' || i, CASE WHEN i % 10 = 0 THEN 'blocked' ELSE 'delivered' END, " + time
                + ", 'a', 'a', 'master', 'b', 'b', 'slave', 'c', '%1', zeroblob(2000), 'x', 2000, " + time + ", " + time
                + " FROM n");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = outside.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void run() throws SQLException {
        try (SqliteStores stores = SqliteStores.open(database)) {
            var dashboard = stores.dashboard();
            time("dashboard", () -> dashboard.read(10));
            Directory directory = stores.directory();
            for (Direction direction : Direction.values()) {
                for (PaneOrder order : PaneOrder.values()) {
                    pages(
                            "panes " + order + " " + direction,
                            after -> directory.panes(
                                    new PageRequest<>(50, new Sort<>(order, direction), PaneCriteria.ALL, after)));
                }
            }
            Sort<PaneOrder> byPlace = new Sort<>(PaneOrder.DEFAULT, Direction.ASC);
            String first = "0".repeat(64);
            pages(
                    "panes of a container",
                    after -> directory.panes(new PageRequest<>(50, byPlace, new PaneCriteria(first, null), after)));
            pages(
                    "panes registered",
                    after -> directory.panes(new PageRequest<>(50, byPlace, new PaneCriteria(null, true), after)));
            pages(
                    "panes not registered",
                    after -> directory.panes(new PageRequest<>(50, byPlace, new PaneCriteria(null, false), after)));
            for (AgentOrder order : AgentOrder.values()) {
                pages(
                        "agents " + order,
                        after -> directory.agents(
                                new PageRequest<>(50, new Sort<>(order, Direction.ASC), AgentCriteria.ALL, after)));
            }
            pages(
                    "agents of a role",
                    after -> directory.agents(new PageRequest<>(
                            50,
                            new Sort<>(AgentOrder.DEFAULT, Direction.DESC),
                            new AgentCriteria("shell", null, null, false),
                            after)));
            pages(
                    "containers",
                    after -> directory.containers(new PageRequest<>(
                            50, new Sort<>(ContainerOrder.NAME, Direction.ASC), ContainerCriteria.ALL, after)));
        }
    }

    private <V> void pages(String what, Function<@Nullable Position, Page<V>> read) throws SQLException {
        Page<V> page = read.apply(null);
        @Nullable Position middle = null;
        @Nullable Position last = null;
        for (int i = 1; page.next() != null; i++) {
            last = page.next();
            if (i == page.total() / 100) {
                middle = last;
            }
            page = read.apply(last);
        }
        Position half = middle;
        Position end = last;
        time(what + ", first page", () -> read.apply(null));
        if (half != null) {
            time(what + ", middle", () -> read.apply(half));
        }
        if (end != null) {
            time(what + ", last page", () -> read.apply(end));
        }
    }

    private void time(String what, Runnable read) throws SQLException {
        double quiet = median(read, false);
        double busy = median(read, true);
        System.out.printf(Locale.ROOT, "  %-40s %8.3f ms  %8.3f ms after a foreign commit%n", what, quiet, busy);
    }

    private double median(Runnable read, boolean commitBefore) throws SQLException {
        long[] nanos = new long[ROUNDS];
        try (Statement statement = outside.createStatement()) {
            for (int i = 0; i < ROUNDS; i++) {
                if (commitBefore) {
                    statement.executeUpdate("UPDATE daemon_state SET last_updated_by = '" + i + "'");
                }
                long start = System.nanoTime();
                read.run();
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2] / 1e6;
    }
}
