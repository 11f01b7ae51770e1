package dev.agenttower.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InMemoryContainerRuntime;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Runs the very lines that docs/embedding.md shows. */
final class EmbeddedTowerTest {
    @Test
    void the_tower_of_the_example_works() {
        StringBuilder said = new StringBuilder();
        tower(line -> said.append(line).append('\n'));
        assertThat(said.toString()).isEqualTo("backend works in bench-one, /srv/app\nnext: No route exists yet\n");
    }

    private static void tower(Consumer<String> out) {
        // example: bench
        ContainerId bench = new ContainerId("c0ffee".repeat(10) + "cafe");
        InMemoryContainerRuntime engine = new InMemoryContainerRuntime();
        engine.start(new InspectedContainer(
                bench,
                "bench-one",
                "debian",
                "running",
                Map.of(),
                List.of(),
                "dev",
                "/srv/app",
                List.of(),
                "Up 2 minutes"));
        InMemoryPaneSource tmux = new InMemoryPaneSource();
        ObservedPane seen =
                new ObservedPane("main", 0, 0, "%0", 42, "/dev/pts/0", "claude", "/srv/app", "backend", true);
        BenchPanes.Seen panes = new BenchPanes.Seen(List.of(seen), 0);
        tmux.answer(bench, new BenchPanes.Listed(List.of(new BenchPanes.SocketPanes("/tmp/tmux-1000/default", panes))));
        // end

        // example: tower
        try (Tower tower =
                Tower.newBuilder().containerRuntime(engine).paneSource(tmux).build()) {
            tower.containers().scan();
            tower.panes().scan(null);
            PaneKey pane = tower.paneStore().list(PaneFilter.ALL).get(0).key();
            RegisterAgent wish =
                    new RegisterAgent(pane, Role.SLAVE, Capability.CLAUDE, "backend", "/srv/app", ParentChoice.NONE);
            AgentListing agent = tower.registration().register(wish, -1).agent();
            out.accept(agent.agent().label() + " works in " + agent.containerName() + ", " + agent.cwd());
            out.accept("next: " + tower.health().dashboard(10).recommendation().title());
        }
        // end
    }

    @Test
    void the_document_shows_these_lines() throws IOException {
        ShownLines.assertShown("embedding.md", EmbeddedTowerTest.class, "bench", "tower");
    }
}
