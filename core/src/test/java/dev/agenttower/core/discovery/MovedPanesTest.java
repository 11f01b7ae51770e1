package dev.agenttower.core.discovery;

import static dev.agenttower.core.discovery.BenchObjects.A;
import static dev.agenttower.core.discovery.BenchObjects.B;
import static dev.agenttower.core.discovery.BenchObjects.DEFAULT_SOCKET;
import static dev.agenttower.core.discovery.BenchObjects.LONG_AGO;
import static dev.agenttower.core.discovery.BenchObjects.WORK_SOCKET;
import static dev.agenttower.core.discovery.BenchObjects.listed;
import static dev.agenttower.core.discovery.BenchObjects.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.memory.AgentRow;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.TmuxServer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pane stays itself wherever it is moved to. */
class MovedPanesTest {
    private static final TmuxServer SERVER = new TmuxServer(7, 1_700_000_000);
    private static final TmuxServer NEXT_SERVER = new TmuxServer(9, 1_700_000_100);
    private static final PaneKey WORK_0 = key("work", 0, "%0");
    private static final PaneKey WORK_1 = key("work", 1, "%1");

    private final InMemoryPaneSource source = new InMemoryPaneSource();
    private final InMemoryTables tables = new InMemoryTables();
    private final TickingClock clock = new TickingClock();
    private final PaneDiscovery discovery = new PaneDiscovery(
            source,
            Optional.empty(),
            tables.panes(),
            new BrittleAuditLog(),
            new LifecycleLines(),
            clock,
            Runnable::run,
            "user",
            1000);

    private static PaneKey key(String session, int index, String paneId) {
        return new PaneKey(A, DEFAULT_SOCKET, session, 0, index, paneId);
    }

    private static ObservedPane at(PaneKey key, @Nullable TmuxServer server) {
        return at(key, server, 4711);
    }

    private static ObservedPane at(PaneKey key, @Nullable TmuxServer server, long pid) {
        return new ObservedPane(
                        key.sessionName(),
                        key.windowIndex(),
                        key.paneIndex(),
                        key.paneId(),
                        pid,
                        "/dev/pts/0",
                        "bash",
                        "/w",
                        "title",
                        true)
                .identified(server == null ? null : new PaneIdentity(server, null));
    }

    private static BenchPanes.SocketPanes on(String socket, ObservedPane... panes) {
        return new BenchPanes.SocketPanes(socket, new BenchPanes.Seen(List.of(panes), 0));
    }

    private PaneScan scan(ObservedPane... panes) {
        return scan(on(DEFAULT_SOCKET, panes));
    }

    private PaneScan scan(BenchPanes.SocketPanes... sockets) {
        source.answer(A, listed(sockets));
        return discovery.scan(null);
    }

    private void adopt(String agent, PaneKey pane) {
        tables.put(new AgentRow(agent, pane, "slave", "claude", "x", "", null, "{}", LONG_AGO, LONG_AGO, null, true));
        tables.put(new LogAttachment(
                "log of " + agent,
                new AgentId(agent),
                pane,
                "/logs/" + agent,
                AttachmentStatus.ACTIVE,
                AttachmentSource.EXPLICIT,
                "pipe-pane",
                null,
                LONG_AGO,
                LONG_AGO,
                null,
                null,
                LONG_AGO));
    }

    private AgentRow agent(String id) {
        return tables.agentRows().stream()
                .filter(row -> row.agentId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Pane> panes() {
        return tables.panes().list(PaneFilter.ALL);
    }

    @BeforeEach
    void two_panes_with_agents() {
        tables.put(stored(A, true));
        scan(at(WORK_0, SERVER), at(WORK_1, SERVER));
        adopt("zero", WORK_0);
        adopt("one", WORK_1);
    }

    @Test
    void a_renamed_session_keeps_panes_agents_and_logs() {
        PaneKey zero = key("renamed", 0, "%0");
        PaneKey one = key("renamed", 1, "%1");
        List<String> firstSeen = panes().stream().map(Pane::firstSeenAt).toList();

        PaneScan scan = scan(at(zero, SERVER), at(one, SERVER));

        assertThat(panes()).extracting(Pane::key, Pane::active).containsExactly(tuple(zero, true), tuple(one, true));
        assertThat(panes()).extracting(Pane::firstSeenAt).containsExactlyElementsOf(firstSeen);
        assertThat(tables.agentRows())
                .extracting(AgentRow::agentId, AgentRow::pane, AgentRow::active, AgentRow::lastSeenAt)
                .containsExactly(
                        tuple("zero", zero, true, scan.startedAt()), tuple("one", one, true, scan.startedAt()));
        assertThat(tables.logAttachmentRows())
                .extracting(LogAttachment::pane, log -> log.status().wire())
                .containsExactly(tuple(zero, "active"), tuple(one, "active"));
        assertThat(scan.panesSeen()).isEqualTo(2);
        assertThat(scan.panesNewlyActive()).isZero();
        assertThat(scan.panesReconciledInactive()).isZero();
    }

    @Test
    void a_socket_that_was_moved_aside_takes_its_panes_along() {
        scan(on(WORK_SOCKET, at(WORK_0, SERVER), at(WORK_1, SERVER)));
        assertThat(tables.agentRows())
                .extracting(row -> row.pane().socketPath(), AgentRow::active)
                .containsOnly(tuple(WORK_SOCKET, true));
    }

    @Test
    void servers_that_exchange_their_sockets_keep_their_agents() {
        PaneKey other = new PaneKey(A, WORK_SOCKET, "work", 0, 0, "%0");
        scan(on(DEFAULT_SOCKET, at(WORK_0, SERVER), at(WORK_1, SERVER)), on(WORK_SOCKET, at(other, NEXT_SERVER)));
        adopt("other", other);

        PaneScan scan = scan(
                on(WORK_SOCKET, at(WORK_0, SERVER), at(WORK_1, SERVER)), on(DEFAULT_SOCKET, at(other, NEXT_SERVER)));

        assertThat(agent("zero").pane()).isEqualTo(other);
        assertThat(agent("other").pane()).isEqualTo(WORK_0);
        assertThat(tables.agentRows()).allMatch(AgentRow::active);
        assertThat(panes()).hasSize(3).allMatch(Pane::active);
        assertThat(scan.panesNewlyActive()).isZero();
    }

    @Test
    void another_server_at_the_same_address_is_another_pane() {
        PaneScan scan = scan(at(WORK_0, NEXT_SERVER));

        assertThat(agent("zero").active()).isFalse();
        assertThat(agent("zero").pane()).isEqualTo(WORK_0);
        assertThat(agent("one").active()).isFalse();
        assertThat(tables.logAttachmentRows())
                .extracting(log -> log.status().wire())
                .containsExactly("stale", "stale");
        assertThat(panes())
                .extracting(Pane::key, Pane::active)
                .containsExactly(tuple(WORK_0, true), tuple(WORK_1, false));
        assertThat(scan.panesNewlyActive()).isEqualTo(1);
        assertThat(scan.panesReconciledInactive()).isEqualTo(2);

        assertThat(scan(at(WORK_0, NEXT_SERVER)).panesNewlyActive()).isZero();
        assertThat(agent("zero").active()).isFalse();
    }

    @Test
    void a_pane_of_another_server_that_is_moved_to_the_address_of_a_dead_one_takes_nothing_from_it() {
        PaneKey first = key("0", 0, "%0");
        scan(at(first, NEXT_SERVER));
        adopt("next", first);

        scan(at(WORK_0, NEXT_SERVER));

        assertThat(agent("next").pane()).isEqualTo(WORK_0);
        assertThat(agent("next").active()).isTrue();
        assertThat(agent("zero").active()).isFalse();
        assertThat(agent("zero").pane()).isEqualTo(first);
        assertThat(panes())
                .extracting(Pane::key, Pane::active)
                .containsExactly(tuple(WORK_0, true), tuple(first, false), tuple(WORK_1, false));
    }

    @Test
    void an_address_that_is_taken_before_its_owner_was_seen_to_be_gone_is_no_inheritance() {
        PaneKey elsewhere = key("0", 0, "%0");
        PaneKey socket = new PaneKey(A, WORK_SOCKET, "0", 0, 0, "%0");
        scan(on(DEFAULT_SOCKET, at(WORK_0, SERVER)), on(WORK_SOCKET, at(elsewhere, NEXT_SERVER)));
        assertThat(agent("zero").active()).isTrue();

        scan(at(WORK_0, NEXT_SERVER));

        assertThat(agent("zero").active()).isFalse();
        assertThat(panes())
                .extracting(Pane::key, Pane::active)
                .containsExactlyInAnyOrder(tuple(WORK_0, true), tuple(socket, false), tuple(WORK_1, false));
    }

    @Test
    void a_respawned_pane_is_the_same_one_with_another_process() {
        scan(at(WORK_0, SERVER, 5000), at(WORK_1, SERVER));
        assertThat(agent("zero").active()).isTrue();
        assertThat(panes().get(0).pid()).isEqualTo(5000);
    }

    @Test
    void a_pane_that_tmux_lists_at_several_sessions_is_one_and_keeps_its_address() {
        PaneKey linked = key("a-session-before", 0, "%0");

        PaneScan scan = scan(at(linked, SERVER), at(WORK_0, SERVER), at(WORK_1, SERVER));
        assertThat(scan.panesSeen()).isEqualTo(2);
        assertThat(panes()).extracting(Pane::key).containsExactly(WORK_0, WORK_1);

        scan(at(linked, SERVER), at(WORK_1, SERVER));
        assertThat(agent("zero").pane()).isEqualTo(linked);
        assertThat(agent("zero").active()).isTrue();
    }

    @Test
    void a_row_without_a_server_is_known_by_its_address_and_gains_one() {
        PaneKey old = key("old", 0, "%5");
        tables.put(BenchObjects.pane(old, true));
        adopt("of old", old);

        scan(at(WORK_0, SERVER), at(WORK_1, SERVER), at(old, SERVER));
        assertThat(agent("of old").active()).isTrue();

        PaneKey moved = key("moved", 3, "%5");
        scan(at(WORK_0, SERVER), at(WORK_1, SERVER), at(moved, SERVER));
        assertThat(agent("of old").pane()).isEqualTo(moved);
        assertThat(agent("of old").active()).isTrue();
    }

    @Test
    void where_tmux_does_not_tell_its_server_the_address_counts_and_what_is_known_is_kept() {
        scan(at(WORK_0, null), at(WORK_1, null));
        assertThat(tables.agentRows()).allMatch(AgentRow::active);
        assertThat(tables.panes().known(A)).allMatch(pane -> SERVER.equals(pane.server()));
    }

    @Test
    void the_same_server_in_another_bench_is_another_one() {
        tables.put(stored(B, true));
        source.answer(B, listed(on(DEFAULT_SOCKET, at(WORK_0, SERVER))));
        scan(new BenchPanes.SocketPanes[0]);
        assertThat(agent("zero").active()).isFalse();
        assertThat(panes()).hasSize(3);
    }

    @Test
    void a_pane_that_was_away_comes_back_elsewhere_as_itself_without_its_agent() {
        PaneKey back = key("back", 0, "%0");
        scan(at(WORK_1, SERVER));
        assertThat(agent("zero").active()).isFalse();

        PaneScan scan = scan(at(back, SERVER), at(WORK_1, SERVER));
        assertThat(agent("zero").pane()).isEqualTo(back);
        assertThat(agent("zero").active()).isFalse();
        assertThat(scan.panesNewlyActive()).isEqualTo(1);
    }
}
