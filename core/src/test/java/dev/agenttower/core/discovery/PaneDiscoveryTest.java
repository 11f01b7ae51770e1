package dev.agenttower.core.discovery;

import static dev.agenttower.core.discovery.BenchObjects.A;
import static dev.agenttower.core.discovery.BenchObjects.B;
import static dev.agenttower.core.discovery.BenchObjects.DEFAULT_SOCKET;
import static dev.agenttower.core.discovery.BenchObjects.HOST;
import static dev.agenttower.core.discovery.BenchObjects.LONG_AGO;
import static dev.agenttower.core.discovery.BenchObjects.WORK_SOCKET;
import static dev.agenttower.core.discovery.BenchObjects.key;
import static dev.agenttower.core.discovery.BenchObjects.listed;
import static dev.agenttower.core.discovery.BenchObjects.observed;
import static dev.agenttower.core.discovery.BenchObjects.pane;
import static dev.agenttower.core.discovery.BenchObjects.seen;
import static dev.agenttower.core.discovery.BenchObjects.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InMemoryHostBench;
import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.memory.AgentRow;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.memory.StoredPaneScan;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.InMemoryPaneSource;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.PaneSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaneDiscoveryTest {
    private static final PaneKey ONE = key(A, DEFAULT_SOCKET, "%1");
    private static final PaneKey TWO = key(A, DEFAULT_SOCKET, "%2");
    private static final PaneKey ON_WORK = key(A, WORK_SOCKET, "%1");

    private final InMemoryPaneSource source = new InMemoryPaneSource();
    private final InMemoryTables tables = new InMemoryTables();
    private final BrittleAuditLog audit = new BrittleAuditLog();
    private final LifecycleLines lifecycle = new LifecycleLines();
    private final TickingClock clock = new TickingClock();
    private final PaneDiscovery discovery = discovery(source, Runnable::run, "fallback");

    private PaneDiscovery discovery(PaneSource source, Executor executor, String userFallback) {
        return new PaneDiscovery(
                source,
                Optional.of(new InMemoryHostBench(HOST, "me")),
                tables.panes(),
                audit,
                lifecycle,
                clock,
                executor,
                userFallback,
                1000);
    }

    private static BenchPanes.SocketPanes failed(String socket, ErrorCode code) {
        return new BenchPanes.SocketPanes(socket, new BenchPanes.Failed(code, "failed with " + code.wire()));
    }

    private static ContainerEngineException engineGone() {
        return new ContainerEngineException(ErrorCode.DOCKER_UNAVAILABLE, "no engine");
    }

    /** A stored pane: whether it is active, and whether a scan has written it. */
    private record State(boolean active, boolean scanned) {}

    private State state(PaneKey key) {
        Pane pane = pane(tables, key);
        return new State(pane.active(), !pane.lastScannedAt().equals(LONG_AGO));
    }

    @BeforeEach
    void store_an_active_bench() {
        tables.put(stored(A, true));
    }

    private static ObservedPane piped(String paneId, @Nullable Boolean isPiped) {
        int index = Integer.parseInt(paneId.substring(1));
        return new ObservedPane("work", 0, index, paneId, 1, "", "sh", "/", "", true, null, isPiped);
    }

    private void showPipes(@Nullable Boolean one, @Nullable Boolean two) {
        List<ObservedPane> panes = List.of(piped("%1", one), piped("%2", two));
        source.answer(A, listed(new BenchPanes.SocketPanes(DEFAULT_SOCKET, new BenchPanes.Seen(panes, 0))));
        discovery.scan(null);
    }

    @Test
    void panes_without_a_pipe_are_told_until_the_next_scan() {
        showPipes(false, true);
        assertThat(discovery.unpiped()).containsExactly(ONE);
        showPipes(null, false);
        assertThat(discovery.unpiped()).containsExactly(TWO);
        discovery.scan(B);
        assertThat(discovery.unpiped()).containsExactly(TWO);
        showPipes(true, null);
        assertThat(discovery.unpiped()).isEmpty();
    }

    @Nested
    class Reconciliation {
        private final PaneKey active = ONE;
        private final PaneKey inactive = TWO;

        @BeforeEach
        void store_an_active_and_an_inactive_pane() {
            tables.put(pane(active, true));
            tables.put(pane(inactive, false));
        }

        @Test
        void panes_that_are_seen_are_renewed_and_active() {
            source.answer(A, listed(seen(DEFAULT_SOCKET, "%1", "%2", "%3")));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.panesSeen()).isEqualTo(3);
            assertThat(scan.panesNewlyActive()).isEqualTo(2);
            assertThat(scan.panesReconciledInactive()).isZero();
            assertThat(scan.degraded()).isFalse();
            Pane renewed = pane(tables, active);
            assertThat(renewed.title()).isEqualTo("title");
            assertThat(renewed.firstSeenAt()).isEqualTo(LONG_AGO);
            assertThat(renewed.lastScannedAt()).isEqualTo(scan.startedAt());
            assertThat(state(inactive)).isEqualTo(new State(true, true));
            assertThat(pane(tables, inactive).firstSeenAt()).isEqualTo(LONG_AGO);
            assertThat(pane(tables, key(A, DEFAULT_SOCKET, "%3")).firstSeenAt()).isEqualTo(scan.startedAt());
        }

        @Test
        void panes_that_a_server_no_longer_has_become_inactive_and_inactive_ones_are_left_alone() {
            source.answer(A, listed(seen(DEFAULT_SOCKET)));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.panesReconciledInactive()).isEqualTo(1);
            assertThat(state(active)).isEqualTo(new State(false, true));
            assertThat(state(inactive)).isEqualTo(new State(false, false));
            assertThat(scan.degraded()).isFalse();
        }

        @Test
        void panes_of_a_server_with_unreadable_rows_are_kept() {
            source.answer(A, listed(seen(DEFAULT_SOCKET, 1, "%3")));

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(true, true));
            assertThat(state(inactive)).isEqualTo(new State(false, false));
            assertThat(scan.panesSeen()).isEqualTo(1);
            assertThat(scan.problems())
                    .containsExactly(new ScanProblem(
                            A,
                            ErrorCode.OUTPUT_MALFORMED,
                            "1 of 2 tmux list-panes rows malformed",
                            DEFAULT_SOCKET,
                            List.of()));
            assertThat(scan.containersTmuxUnavailable()).isZero();
        }

        @Test
        void a_server_of_which_no_row_can_be_read_has_failed() {
            source.answer(A, listed(seen(DEFAULT_SOCKET, 2), seen(WORK_SOCKET)));

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(true, true));
            assertThat(state(inactive)).isEqualTo(new State(false, true));
            assertThat(scan.problems())
                    .extracting(ScanProblem::message)
                    .containsExactly("2 tmux list-panes rows malformed or unparseable");
        }

        @Test
        void panes_of_a_failed_server_beside_one_that_answers_are_kept_and_noted_as_scanned() {
            source.answer(A, listed(failed(DEFAULT_SOCKET, ErrorCode.TMUX_NO_SERVER), seen(WORK_SOCKET, "%1")));

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(true, true));
            assertThat(state(inactive)).isEqualTo(new State(false, true));
            assertThat(scan.panesReconciledInactive()).isZero();
            assertThat(scan.containersTmuxUnavailable()).isZero();
            assertThat(scan.socketsScanned()).isEqualTo(2);
            assertThat(scan.problems()).extracting(ScanProblem::socketPath).containsExactly(DEFAULT_SOCKET);
        }

        @Test
        void panes_of_a_bench_without_any_answer_are_kept_and_noted_as_scanned() {
            source.answer(A, new BenchPanes.Unreachable(ErrorCode.DOCKER_EXEC_TIMEOUT, "too slow"));

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(true, true));
            assertThat(state(inactive)).isEqualTo(new State(false, true));
            assertThat(scan.containersTmuxUnavailable()).isEqualTo(1);
            assertThat(scan.containersScanned()).isEqualTo(1);
            assertThat(scan.socketsScanned()).isZero();
        }

        @Test
        void panes_of_a_bench_whose_servers_all_failed_are_kept_even_on_sockets_that_are_gone() {
            tables.put(pane(ON_WORK, true));
            source.answer(A, listed(failed(DEFAULT_SOCKET, ErrorCode.TMUX_NO_SERVER)));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.containersTmuxUnavailable()).isEqualTo(1);
            assertThat(scan.socketsScanned()).isEqualTo(1);
            assertThat(state(active)).isEqualTo(new State(true, true));
            assertThat(state(ON_WORK)).isEqualTo(new State(true, true));
        }

        @Test
        void panes_of_an_inactive_bench_become_inactive_without_asking_it() {
            tables.put(stored(A, false));

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(false, true));
            assertThat(state(inactive)).isEqualTo(new State(false, true));
            assertThat(scan.panesReconciledInactive()).isEqualTo(1);
            assertThat(scan.containersSkippedInactive()).isEqualTo(1);
            assertThat(scan.containersScanned()).isZero();
            assertThat(scan.degraded()).isFalse();
            assertThat(source.asked()).isEmpty();
            assertThat(discovery.scan(null).containersSkippedInactive()).isEqualTo(1);
        }

        @Test
        void panes_of_a_socket_that_is_gone_become_inactive() {
            source.answer(A, listed(seen(WORK_SOCKET, "%1")));

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(false, true));
            assertThat(state(inactive)).isEqualTo(new State(false, true));
            assertThat(scan.panesReconciledInactive()).isEqualTo(1);
            assertThat(scan.socketsScanned()).isEqualTo(1);
        }

        @Test
        void panes_of_a_bench_without_sockets_become_inactive() {
            source.answer(A, listed());

            PaneScan scan = discovery.scan(null);

            assertThat(state(active)).isEqualTo(new State(false, true));
            assertThat(state(inactive)).isEqualTo(new State(false, true));
            assertThat(scan.degraded()).isFalse();
            assertThat(scan.containersScanned()).isEqualTo(1);
            assertThat(scan.containersTmuxUnavailable()).isZero();
        }

        @Test
        void a_bench_that_becomes_inactive_while_it_is_asked_counts_as_inactive() {
            PaneDiscovery racing = discovery(
                    target -> {
                        tables.put(stored(A, false));
                        return listed(seen(DEFAULT_SOCKET, "%1", "%3"));
                    },
                    Runnable::run,
                    "");

            PaneScan scan = racing.scan(null);

            assertThat(scan.panesSeen()).isZero();
            assertThat(scan.panesReconciledInactive()).isEqualTo(1);
            assertThat(scan.containersSkippedInactive()).isEqualTo(1);
            assertThat(state(active)).isEqualTo(new State(false, true));
            assertThat(tables.panes().list(PaneFilter.ALL)).hasSize(2);
        }

        @Test
        void what_another_writer_stored_while_the_bench_was_asked_is_reconciled() {
            PaneKey late = key(A, DEFAULT_SOCKET, "%9");
            PaneDiscovery racing = discovery(
                    target -> {
                        tables.put(pane(late, true));
                        return listed(seen(DEFAULT_SOCKET, "%1"));
                    },
                    Runnable::run,
                    "");

            assertThat(racing.scan(null).panesReconciledInactive()).isEqualTo(1);
            assertThat(state(late)).isEqualTo(new State(false, true));
        }

        @Test
        void one_tmux_id_on_two_servers_is_two_panes() {
            source.answer(A, listed(seen(DEFAULT_SOCKET, "%1"), seen(WORK_SOCKET, "%1")));

            assertThat(discovery.scan(null).panesSeen()).isEqualTo(2);
            assertThat(state(ONE)).isEqualTo(new State(true, true));
            assertThat(state(ON_WORK)).isEqualTo(new State(true, true));
        }

        @Test
        void ten_thousand_panes_of_the_past_do_not_break_a_scan() {
            tables.putPanes(IntStream.range(10, 10_010)
                    .mapToObj(i -> pane(key(A, "/tmp/tmux-1000/old", "%" + i), i % 2 == 0))
                    .toList());
            source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));

            assertThat(discovery.scan(null).panesReconciledInactive()).isEqualTo(5000);
        }
    }

    @Nested
    class Cascade {
        private AgentRow agent(String id, PaneKey pane) {
            return new AgentRow(id, pane, "slave", "claude", "x", "", null, "{}", LONG_AGO, LONG_AGO, null, true);
        }

        private LogAttachment attachment(String id, String agent, PaneKey pane, String status) {
            return new LogAttachment(
                    id,
                    new AgentId(agent),
                    pane,
                    "/logs/" + id,
                    AttachmentStatus.parse(status).orElseThrow(),
                    AttachmentSource.REGISTER_SELF,
                    "pipe-pane",
                    "cat >> x",
                    LONG_AGO,
                    LONG_AGO,
                    null,
                    null,
                    LONG_AGO);
        }

        @BeforeEach
        void store_agents_with_logs() {
            tables.put(pane(ONE, true));
            tables.put(pane(TWO, true));
            tables.put(agent("agt_1", ONE));
            tables.put(agent("agt_2", TWO));
            tables.put(attachment("lat_1", "agt_1", ONE, "active"));
            tables.put(attachment("lat_2", "agt_2", TWO, "active"));
            tables.put(attachment("lat_3", "agt_2", TWO, "detached"));
            source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));
        }

        @Test
        void agents_whose_pane_is_seen_are_noted_as_seen_and_others_become_inactive() {
            PaneScan scan = discovery.scan(null);

            AgentRow seen = tables.agentRows().get(0);
            AgentRow gone = tables.agentRows().get(1);
            assertThat(seen.lastSeenAt()).isEqualTo(scan.startedAt());
            assertThat(seen.active()).isTrue();
            assertThat(gone.lastSeenAt()).isNull();
            assertThat(gone.active()).isFalse();
        }

        @Test
        void active_logs_of_panes_that_are_gone_become_stale_and_are_audited() {
            PaneScan scan = discovery.scan(null);

            assertThat(tables.logAttachmentRows())
                    .extracting(log -> log.status().wire())
                    .containsExactly("active", "stale", "detached");
            assertThat(tables.logAttachmentRows().get(1).lastStatusAt()).isEqualTo(scan.startedAt());
            assertThat(audit.records()).hasSize(1);
            assertThat(audit.records().get(0).fields().toString())
                    .isEqualTo("{type=log_attachment_change, payload={attachment_id=lat_2, agent_id=agt_2,"
                            + " prior_status=active, new_status=stale, prior_path=/logs/lat_2,"
                            + " new_path=/logs/lat_2, prior_pipe_target=cat >> x, source=register_self,"
                            + " socket_peer_uid=1000}}");
        }

        @Test
        void a_pane_that_comes_back_does_not_bring_its_agent_or_log_back() {
            discovery.scan(null);
            source.answer(A, listed(seen(DEFAULT_SOCKET, "%1", "%2")));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.panesNewlyActive()).isEqualTo(1);
            AgentRow agent = tables.agentRows().get(1);
            assertThat(agent.active()).isFalse();
            assertThat(agent.lastSeenAt()).isEqualTo(scan.startedAt());
            assertThat(tables.logAttachmentRows().get(1).status().wire()).isEqualTo("stale");
        }

        @Test
        void an_audit_trail_that_cannot_be_written_does_not_fail_a_healthy_scan() {
            audit.breakDown();

            PaneScan scan = discovery.scan(null);

            assertThat(scan.degraded()).isFalse();
            assertThat(lifecycle.lines())
                    .containsExactly(
                            "pane_scan_started scan_id=" + scan.scanId(),
                            "audit_append_failed method=pane_reconcile.stale_cascade agent_id=agt_2"
                                    + " attachment_id=lat_2",
                            "pane_scan_completed scan_id=" + scan.scanId() + " status=ok containers=1 sockets=1"
                                    + " panes_seen=1 newly_active=0 inactivated=1 skipped_inactive=0"
                                    + " tmux_unavailable=0 error=");
        }
    }

    @Nested
    class Text {
        private PaneScan scanOf(ObservedPane observed) {
            source.answer(
                    A, listed(new BenchPanes.SocketPanes(DEFAULT_SOCKET, new BenchPanes.Seen(List.of(observed), 0))));
            return discovery.scan(null);
        }

        private Pane onlyPane() {
            return tables.panes().list(PaneFilter.ALL).get(0);
        }

        @Test
        void controls_are_removed_and_tab_and_line_feed_become_blanks() {
            PaneScan scan = scanOf(observed("%1", "a\tb\nc\u0000\u0007\u001b[31m\u007f\u009b\u202ed"));

            assertThat(onlyPane().title()).isEqualTo("a b c[31md");
            assertThat(scan.degraded()).isFalse();
        }

        @Test
        void fields_are_cut_at_their_limit_in_code_points_and_the_cut_is_noted() {
            String title = "😀".repeat(2050);
            ObservedPane wide = new ObservedPane(
                    "s".repeat(2049), 0, 1, "%1", 1, "", "", "/".repeat(4097), "\u0001" + title, false);

            PaneScan scan = scanOf(wide);

            assertThat(onlyPane().title()).isEqualTo("😀".repeat(2048));
            assertThat(onlyPane().key().sessionName()).hasSize(2048);
            assertThat(onlyPane().currentPath()).hasSize(4096);
            assertThat(scan.panesSeen()).isEqualTo(1);
            assertThat(scan.errorCode()).isEqualTo(ErrorCode.OUTPUT_MALFORMED);
            assertThat(scan.errorMessage()).isEqualTo("pane field(s) truncated");
            assertThat(scan.problems())
                    .containsExactly(new ScanProblem(
                            A,
                            ErrorCode.OUTPUT_MALFORMED,
                            "3 pane field(s) truncated",
                            DEFAULT_SOCKET,
                            List.of(
                                    new PaneTruncation(A, DEFAULT_SOCKET, "%1", "tmux_session_name", 2049),
                                    new PaneTruncation(A, DEFAULT_SOCKET, "%1", "pane_title", 2050),
                                    new PaneTruncation(A, DEFAULT_SOCKET, "%1", "pane_current_path", 4097))));
            assertThat(audit.records().get(0).fields().toString())
                    .contains("pane_truncations=[{tmux_pane_id=%1, tmux_socket_path=" + DEFAULT_SOCKET
                            + ", container_id=a, field=tmux_session_name, original_len=2049},");
        }

        @Test
        void fields_of_just_the_limit_are_not_cut() {
            scanOf(observed("%1", "x".repeat(2048)));

            assertThat(audit.records()).isEmpty();
        }

        @Test
        void cuts_on_a_server_with_unreadable_rows_belong_to_that_problem() {
            source.answer(
                    A,
                    listed(new BenchPanes.SocketPanes(
                            DEFAULT_SOCKET, new BenchPanes.Seen(List.of(observed("%1", "x".repeat(2049))), 1))));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.message()).isEqualTo("1 of 2 tmux list-panes rows malformed");
                assertThat(problem.truncations()).hasSize(1);
            });
        }

        @Test
        void failures_come_before_cuts_and_give_the_message() {
            tables.put(stored(B, true));
            source.answer(
                    A,
                    listed(new BenchPanes.SocketPanes(
                            DEFAULT_SOCKET, new BenchPanes.Seen(List.of(observed("%1", "x".repeat(2049))), 0))));
            source.answer(B, new BenchPanes.Unreachable(ErrorCode.SOCKET_DIR_MISSING, ""));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.problems()).extracting(ScanProblem::container).containsExactly(B, A);
            assertThat(scan.errorCode()).isEqualTo(ErrorCode.SOCKET_DIR_MISSING);
            assertThat(scan.errorMessage()).isEqualTo("socket_dir_missing");
        }
    }

    @Nested
    class Users {
        private List<String> usersAsked() {
            discovery.scan(null);
            return source.asked().stream().map(BenchTarget::user).toList();
        }

        @Test
        void tmux_is_asked_as_what_stands_before_the_colon() {
            tables.put(stored(A, "a-bench", true, " dev :1000"));
            assertThat(usersAsked()).containsExactly("dev");
        }

        @Test
        void a_numeric_user_is_taken_as_it_is() {
            tables.put(stored(A, "a-bench", true, "1000"));
            assertThat(usersAsked()).containsExactly("1000");
        }

        @Test
        void without_a_user_the_fallback_is_asked() {
            tables.put(stored(A, "a-bench", true, ":1000"));
            tables.put(stored(B, "b-bench", true, null));
            assertThat(usersAsked()).containsExactly("fallback", "fallback");
        }

        @Test
        void without_any_user_the_bench_is_a_problem_and_is_not_asked() {
            tables.put(stored(A, "a-bench", true, null));
            tables.put(pane(ONE, true));

            PaneScan scan = discovery(source, Runnable::run, "").scan(null);

            assertThat(source.asked()).isEmpty();
            assertThat(scan.errorCode()).isEqualTo(ErrorCode.BENCH_USER_UNRESOLVED);
            assertThat(scan.containersScanned()).isZero();
            assertThat(scan.containersTmuxUnavailable()).isEqualTo(1);
            assertThat(state(ONE)).isEqualTo(new State(true, true));
        }
    }

    @Nested
    class Engine {
        @Test
        void a_lost_engine_fails_the_whole_scan_and_changes_no_pane() {
            tables.put(stored(B, true));
            tables.put(pane(ONE, true));
            source.answer(A, listed(seen(DEFAULT_SOCKET)));
            source.fail(B, engineGone());

            assertThatThrownBy(() -> discovery.scan(null))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DOCKER_UNAVAILABLE))
                    .hasMessage("no engine");

            assertThat(state(ONE)).isEqualTo(new State(true, false));
            StoredPaneScan row = tables.paneScans().get(0);
            assertThat(row.withDetails()).isFalse();
            assertThat(row.scan().containersScanned()).isZero();
            assertThat(row.scan().errorCode()).isEqualTo(ErrorCode.DOCKER_UNAVAILABLE);
            assertThat(audit.records().get(0).fields().toString())
                    .isEqualTo("{type=pane_scan_degraded, payload={scan_id="
                            + row.scan().scanId()
                            + ", error_code=docker_unavailable, error_message=no engine, error_details=[]}}");
            assertThat(lifecycle.lines())
                    .last()
                    .asString()
                    .endsWith("status=degraded containers=0 sockets=0 panes_seen=0 newly_active=0 inactivated=0"
                            + " skipped_inactive=0 tmux_unavailable=0 error=docker_unavailable");
        }

        @Test
        void the_panes_of_the_host_are_written_although_the_engine_is_lost() {
            tables.put(stored(HOST, "host", true, "me"));
            tables.put(pane(ONE, true));
            source.fail(A, engineGone());
            source.answer(HOST, listed(seen(DEFAULT_SOCKET, "%1")));

            PaneScan scan = discovery.scan(null);

            assertThat(scan.panesSeen()).isEqualTo(1);
            assertThat(scan.containersScanned()).isEqualTo(2);
            assertThat(scan.containersTmuxUnavailable()).isEqualTo(1);
            assertThat(scan.problems()).containsExactly(new ScanProblem(A, ErrorCode.DOCKER_UNAVAILABLE, "no engine"));
            assertThat(state(key(HOST, DEFAULT_SOCKET, "%1"))).isEqualTo(new State(true, true));
            assertThat(state(ONE)).isEqualTo(new State(true, true));
        }

        @Test
        void a_host_that_could_not_be_read_does_not_save_the_scan() {
            tables.put(stored(HOST, "host", true, "me"));
            source.fail(A, engineGone());
            source.answer(HOST, new BenchPanes.Unreachable(ErrorCode.SOCKET_DIR_MISSING, "no folder"));

            assertThatThrownBy(() -> discovery.scan(null)).hasMessage("no engine");
        }

        @Test
        void a_scan_of_the_host_alone_never_meets_the_engine() {
            tables.put(stored(HOST, "host", true, "me"));
            source.fail(A, engineGone());

            assertThat(discovery.scan(HOST).degraded()).isFalse();
        }
    }

    @Nested
    class Scope {
        @Test
        void a_scan_of_one_bench_leaves_the_others_alone() {
            tables.put(stored(B, false));
            PaneKey other = key(B, DEFAULT_SOCKET, "%1");
            tables.put(pane(other, true));

            PaneScan scan = discovery.scan(A);

            assertThat(source.asked()).extracting(BenchTarget::container).containsExactly(A);
            assertThat(scan.containersSkippedInactive()).isZero();
            assertThat(state(other)).isEqualTo(new State(true, false));
        }

        @Test
        void a_scan_of_one_inactive_bench_cascades() {
            tables.put(stored(A, false));
            tables.put(pane(ONE, true));

            assertThat(discovery.scan(A).panesReconciledInactive()).isEqualTo(1);
        }

        @Test
        void a_scan_of_several_benches_leaves_the_rest_alone() {
            ContainerId other = new ContainerId("c");
            tables.put(stored(B, false));
            tables.put(stored(other, false));
            tables.put(pane(key(B, DEFAULT_SOCKET, "%1"), true));
            tables.put(pane(key(other, DEFAULT_SOCKET, "%1"), true));

            PaneScan scan = discovery.scanThese(Set.of(A, B));

            assertThat(scan.containersScanned()).isEqualTo(1);
            assertThat(scan.containersSkippedInactive()).isEqualTo(1);
            assertThat(state(key(other, DEFAULT_SOCKET, "%1"))).isEqualTo(new State(true, false));
        }

        @Test
        void a_scan_of_an_unknown_bench_sees_nothing_and_is_stored() {
            PaneScan scan = discovery.scan(new ContainerId("nobody"));

            assertThat(scan.degraded()).isFalse();
            assertThat(scan.containersScanned()).isZero();
            assertThat(tables.paneScans()).containsExactly(new StoredPaneScan(scan, false));
        }
    }

    @Nested
    class Failure {
        @Test
        void a_degraded_scan_is_stored_with_its_problems_and_audited_once() {
            source.answer(A, listed(failed(DEFAULT_SOCKET, ErrorCode.TMUX_NO_SERVER)));

            PaneScan scan = discovery.scan(null);

            assertThat(tables.paneScans()).containsExactly(new StoredPaneScan(scan, true));
            assertThat(audit.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.fields().toString())
                            .isEqualTo("{type=pane_scan_degraded, payload={scan_id=" + scan.scanId()
                                    + ", error_code=tmux_no_server, error_message=failed with tmux_no_server,"
                                    + " error_details=[{container_id=a, error_code=tmux_no_server,"
                                    + " error_message=failed with tmux_no_server, tmux_socket_path=" + DEFAULT_SOCKET
                                    + "}]}}"));
        }

        @Test
        void problems_are_in_the_order_of_bench_ids_whoever_answers_first() throws Exception {
            tables.put(stored(B, true));
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                CyclicBarrier both = new CyclicBarrier(2);
                PaneDiscovery sideBySide = discovery(
                        target -> {
                            await(both);
                            return new BenchPanes.Unreachable(
                                    ErrorCode.DOCKER_EXEC_TIMEOUT, target.name() + " is slow");
                        },
                        threads,
                        "");

                PaneScan scan = sideBySide.scan(null);

                assertThat(scan.problems()).extracting(ScanProblem::container).containsExactly(A, B);
                assertThat(scan.errorMessage()).isEqualTo("a-bench is slow");
            } finally {
                threads.shutdownNow();
            }
        }

        private void await(CyclicBarrier barrier) {
            try {
                barrier.await();
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Test
        void an_audit_trail_that_cannot_be_written_is_an_internal_error_and_the_row_stays() {
            source.answer(A, listed(failed(DEFAULT_SOCKET, ErrorCode.TMUX_NO_SERVER), seen(WORK_SOCKET, "%1")));
            audit.breakDown();

            assertThatThrownBy(() -> discovery.scan(null))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INTERNAL_ERROR));

            String id = tables.paneScans().get(0).scan().scanId();
            assertThat(state(ON_WORK)).isEqualTo(new State(true, true));
            assertThat(lifecycle.lines())
                    .containsExactly(
                            "pane_scan_started scan_id=" + id,
                            "pane_scan_jsonl_failed scan_id=" + id,
                            "pane_scan_completed scan_id=" + id + " status=degraded containers=1 sockets=2"
                                    + " panes_seen=1 newly_active=1 inactivated=0 skipped_inactive=0"
                                    + " tmux_unavailable=0 error=internal_error");
        }

        @Test
        void a_store_that_cannot_be_used_is_an_internal_error() {
            tables.failWith("database is locked");

            assertThatThrownBy(() -> discovery.scan(null)).hasMessage("pane scan failed: database is locked");
            assertThat(lifecycle.lines()).last().asString().endsWith("error=internal_error");
        }

        @Test
        void a_fault_of_the_source_is_passed_on_and_nothing_is_stored() {
            PaneDiscovery faulty = discovery(
                    target -> {
                        throw new IllegalStateException("bug");
                    },
                    Runnable::run,
                    "");

            assertThatThrownBy(() -> faulty.scan(null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("bug");
            assertThat(tables.paneScans()).isEmpty();
        }
    }

    @Test
    void benches_that_the_executor_does_not_take_are_asked_all_the_same() {
        source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));
        PaneDiscovery crowded = discovery(
                source,
                task -> {
                    throw new RejectedExecutionException("full");
                },
                "");

        assertThat(crowded.scan(null).panesSeen()).isEqualTo(1);
    }

    @Test
    void successive_scans_have_later_stamps() {
        List<String> stamps = new ArrayList<>();
        source.answer(A, listed(seen(DEFAULT_SOCKET, "%1")));
        for (int i = 0; i < 3; i++) {
            discovery.scan(null);
            stamps.add(pane(tables, ONE).lastScannedAt());
        }
        assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }
}
