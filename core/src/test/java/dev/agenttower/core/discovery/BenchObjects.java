package dev.agenttower.core.discovery;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DockerAndTmux and panes for tests. */
final class BenchObjects {
    /** A stamp from before any test. */
    static final String LONG_AGO = "2020-01-01T00:00:00.000000+00:00";

    static final ContainerId A = new ContainerId("a");
    static final ContainerId B = new ContainerId("b");
    static final ContainerId HOST = new ContainerId("host-id");
    static final String DEFAULT_SOCKET = "/tmp/tmux-1000/default";
    static final String WORK_SOCKET = "/tmp/tmux-1000/work";

    private BenchObjects() {}

    static InspectedContainer container(String id, String name) {
        return container(id, name, "image:1");
    }

    static InspectedContainer container(String id, String name, String image) {
        return new InspectedContainer(
                new ContainerId(id),
                name,
                image,
                "running",
                Map.of("k", "v"),
                List.of(new Mount("/src", "/dst", "bind", "rw", true)),
                "user:1000",
                "/workspace",
                List.of("USER"),
                "Up 3 hours");
    }

    static BenchContainer stored(ContainerId id, boolean active) {
        return stored(id, id.value() + "-bench", active, "user");
    }

    static BenchContainer stored(ContainerId id, String name, boolean active, @Nullable String user) {
        return new BenchContainer(
                id, name, "image:0", "running", Map.of(), List.of(), active, LONG_AGO, LONG_AGO, user, null);
    }

    static ObservedPane observed(String paneId) {
        return observed(paneId, "title");
    }

    static ObservedPane observed(String paneId, String title) {
        return new ObservedPane(
                "work",
                0,
                Integer.parseInt(paneId.substring(1)),
                paneId,
                4711,
                "/dev/pts/0",
                "bash",
                "/w",
                title,
                true);
    }

    static PaneKey key(ContainerId bench, String socket, String paneId) {
        return new PaneKey(bench, socket, "work", 0, Integer.parseInt(paneId.substring(1)), paneId);
    }

    static Pane pane(PaneKey key, boolean active) {
        return new Pane(
                key,
                key.container().value() + "-bench",
                "user",
                1,
                "/dev/pts/9",
                "zsh",
                "/old",
                "old",
                false,
                active,
                LONG_AGO,
                LONG_AGO);
    }

    static BenchPanes.SocketPanes seen(String socket, String... paneIds) {
        return seen(socket, 0, paneIds);
    }

    static BenchPanes.SocketPanes seen(String socket, int malformed, String... paneIds) {
        List<ObservedPane> panes =
                List.of(paneIds).stream().map(BenchObjects::observed).toList();
        return new BenchPanes.SocketPanes(socket, new BenchPanes.Seen(panes, malformed));
    }

    static BenchPanes listed(BenchPanes.SocketPanes... sockets) {
        return new BenchPanes.Listed(List.of(sockets));
    }

    static BenchContainer bench(InMemoryTables tables, ContainerId id) {
        return tables.containers().list(false).stream()
                .filter(container -> container.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Pane pane(InMemoryTables tables, PaneKey key) {
        return tables.panes().list(PaneFilter.ALL).stream()
                .filter(pane -> pane.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
