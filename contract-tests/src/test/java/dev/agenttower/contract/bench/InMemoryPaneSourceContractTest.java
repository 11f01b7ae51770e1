package dev.agenttower.contract.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class InMemoryPaneSourceContractTest extends PaneSourceContract {
    private final InMemoryPaneSource source = new InMemoryPaneSource();
    private final BenchTarget target = new BenchTarget(new ContainerId("a"), "py", "dev");
    private final Map<String, SocketOutcome> servers = new LinkedHashMap<>();

    @Override
    PaneSource source() {
        return source;
    }

    @Override
    BenchTarget target() {
        return target;
    }

    @Override
    void startServer(String name, int panes) {
        servers.put(
                name,
                new Seen(
                        IntStream.range(0, panes)
                                .mapToObj(pane -> new ObservedPane(
                                        "work",
                                        pane,
                                        0,
                                        "%" + pane,
                                        pane + 10,
                                        "/dev/pts/" + pane,
                                        "sh",
                                        "/",
                                        "",
                                        true))
                                .toList(),
                        0));
        answer();
    }

    @Override
    void abandonServer(String name) {
        servers.put(name, new Seen(List.of(), 0));
        answer();
    }

    private void answer() {
        source.answer(
                target.container(),
                new Listed(servers.entrySet().stream()
                        .map(server -> new SocketPanes("/tmp/tmux-1000/" + server.getKey(), server.getValue()))
                        .toList()));
    }
}
