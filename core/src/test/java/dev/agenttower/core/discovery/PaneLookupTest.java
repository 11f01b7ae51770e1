package dev.agenttower.core.discovery;

import static dev.agenttower.core.discovery.BenchObjects.A;
import static dev.agenttower.core.discovery.BenchObjects.DEFAULT_SOCKET;
import static dev.agenttower.core.discovery.BenchObjects.HOST;
import static dev.agenttower.core.discovery.BenchObjects.container;
import static dev.agenttower.core.discovery.BenchObjects.listed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.agent.Registration;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InMemoryContainerRuntime;
import dev.agenttower.core.container.InMemoryHostBench;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.TmuxServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What registering finds before any scan has. */
class PaneLookupTest {
    private static final TmuxServer SERVER = new TmuxServer(7, 1_700_000_000);
    private static final TmuxServer NEXT_SERVER = new TmuxServer(9, 1_700_000_100);

    private final InMemoryPaneSource tmux = new InMemoryPaneSource();
    private final InMemoryContainerRuntime engine = new InMemoryContainerRuntime();
    private final InMemoryHostBench host = new InMemoryHostBench(HOST, "me");
    private final Tower tower = Tower.newBuilder()
            .containerRuntime(engine)
            .paneSource(tmux)
            .hostBench(host)
            .looksBeforeAdoption(true)
            .build();

    @AfterEach
    void close() {
        tower.close();
    }

    private static PaneKey key(ContainerId bench, String session) {
        return new PaneKey(bench, DEFAULT_SOCKET, session, 0, 0, "%0");
    }

    private void show(PaneKey pane, TmuxServer server) {
        ObservedPane seen = new ObservedPane(pane.sessionName(), 0, 0, "%0", 42, "", "sh", "/", "", true)
                .identified(new PaneIdentity(server, null));
        tmux.answer(
                pane.container(),
                listed(new BenchPanes.SocketPanes(pane.socketPath(), new BenchPanes.Seen(List.of(seen), 0))));
    }

    private Registration register(PaneKey pane) {
        return tower.registration().register(new RegisterAgent(pane, null, null, null, null, ParentChoice.KEEP), -1);
    }

    @Test
    void the_first_tmux_server_of_the_host_is_found() {
        tower.containers().scan();
        host.tmuxRunning(true);
        show(key(HOST, "work"), SERVER);
        assertThat(register(key(HOST, "work")).kind()).isEqualTo(Registration.Kind.CREATED);
    }

    @Test
    void a_container_that_no_scan_has_seen_is_found() {
        engine.start(container("a", "a-bench"));
        show(key(A, "work"), SERVER);
        assertThat(register(key(A, "work")).kind()).isEqualTo(Registration.Kind.CREATED);
        assertThat(engine.listings()).isEqualTo(1);
        register(key(A, "work"));
        assertThat(engine.listings()).isEqualTo(1);
    }

    @Test
    void a_pane_that_was_moved_since_the_last_scan_has_the_agent_that_it_had() {
        engine.start(container("a", "a-bench"));
        show(key(A, "work"), SERVER);
        Registration first = register(key(A, "work"));
        show(key(A, "renamed"), SERVER);
        Registration again = register(key(A, "work"));
        assertThat(again.kind()).isEqualTo(Registration.Kind.UPDATED);
        assertThat(again.agent().agent().id()).isEqualTo(first.agent().agent().id());
        assertThat(again.agent().agent().pane()).isEqualTo(key(A, "renamed"));
    }

    @Test
    void an_agent_that_registers_on_the_next_server_is_one_after_the_next_scan_too() {
        engine.start(container("a", "a-bench"));
        show(key(A, "work"), SERVER);
        register(key(A, "work"));
        show(key(A, "work"), NEXT_SERVER);
        assertThat(register(key(A, "work")).kind()).isEqualTo(Registration.Kind.REACTIVATED);
        tower.panes().scan(null);
        assertThat(tower.agentStore().list(AgentFilter.ALL))
                .singleElement()
                .satisfies(listing -> assertThat(listing.agent().active()).isTrue());
    }

    @Test
    void where_the_engine_is_gone_the_stored_panes_are_believed() {
        engine.start(container("a", "a-bench"));
        show(key(A, "work"), SERVER);
        tower.containers().scan();
        tower.panes().scan(null);
        tmux.fail(A, new ContainerEngineException(ErrorCode.DOCKER_UNAVAILABLE, "no engine"));
        assertThat(register(key(A, "work")).kind()).isEqualTo(Registration.Kind.CREATED);
    }
}
