package dev.agenttower.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentRegistration;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.InMemoryHostBench;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.log.LogAttachments.Attached;
import dev.agenttower.core.memory.AgentRow;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogAttachmentsTest {
    private static final ContainerId BENCH = new ContainerId("c".repeat(64));
    private static final AgentId AGENT = new AgentId("agt_abc123def456");
    private static final AgentId OTHER = new AgentId("agt_000000000002");
    private static final String STATE = "/home/me/.local/state/opensoft/agenttower";
    private static final String LOGS = STATE + "/logs";
    private static final String DEFAULT = LOGS + "/" + BENCH.value() + "/" + AGENT + ".log";
    private static final String ELSEWHERE = LOGS + "/" + BENCH.value() + "/chosen.log";
    private static final String AT = "2026-05-01T00:00:00.000000+00:00";

    private final InMemoryTables tables = new InMemoryTables();
    private final InMemoryPanePipes pipes = new InMemoryPanePipes();
    private final InMemoryLogFiles files = new InMemoryLogFiles();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private boolean isAuditFull;
    private final List<String> lifecycle = new ArrayList<>();
    private final AtomicLong seconds = new AtomicLong();
    private Optional<HostBench> host = HostBench.none();

    @BeforeEach
    void store_an_agent_in_a_container() {
        bench(List.of(new Mount(LOGS, LOGS, "bind", "", true)));
        agent(AGENT, 0);
    }

    private void bench(List<Mount> mounts) {
        mounts.forEach(mount -> files.addDirectory(mount.source()));
        tables.put(
                new BenchContainer(BENCH, "bench", "i", "running", Map.of(), mounts, true, AT, AT, "brett:1000", null));
    }

    private void agent(AgentId id, int number) {
        tables.put(pane(number, true));
        tables.put(new AgentRow(id.value(), key(number), "slave", "codex", "", "", null, "{}", AT, AT, null, true));
    }

    private static Pane pane(int number, boolean active) {
        return new Pane(key(number), "bench", "", 1, "", "", "", "", false, active, AT, AT);
    }

    private static PaneKey key(int number) {
        return new PaneKey(BENCH, "/tmp/tmux-1000/default", "main", 0, number, "%" + number);
    }

    private static PanePipes.Target target(int number) {
        return new PanePipes.Target(new BenchTarget(BENCH, "bench", "brett"), key(number));
    }

    private LogAttachments logs() {
        return new LogAttachments(
                tables.logs(),
                tables.agents(),
                tables.panes(),
                pipes,
                files,
                new LogFolders(LOGS, List.of(STATE, "/home/me/.config/opensoft"), LOGS + "/agenttowerd.log"),
                host,
                "",
                this::append,
                (event, fields) -> lifecycle.add(event.token() + " " + fields),
                () -> Instant.ofEpochSecond(seconds.incrementAndGet()),
                new Random(1));
    }

    private void append(AuditRecord record) {
        if (isAuditFull) {
            throw new AuditUnavailableException("full", new IllegalStateException());
        }
        audit.append(record);
    }

    private Attached attach(String path) {
        return logs().attach(AGENT, path, 7);
    }

    private ErrorCode refused(String path) {
        return catchThrowableOfType(RefusedException.class, () -> attach(path)).code();
    }

    @SuppressWarnings("unchecked") // The payload of a record is an object.
    private List<Map<String, ?>> audited() {
        return audit.records().stream()
                .<Map<String, ?>>map(record -> (Map<String, ?>) record.fields().get("payload"))
                .toList();
    }

    private void assertNothingStored() {
        assertThat(tables.logAttachmentRows()).isEmpty();
        assertThat(tables.logs().offset(AGENT, DEFAULT)).isEmpty();
        assertThat(audit.records()).isEmpty();
    }

    @Test
    void a_pane_is_recorded_in_the_default_file() {
        Attached attached = logs().attach(AGENT, null, 7);

        assertThat(attached.isNew()).isTrue();
        assertThat(attached.priorStatus()).isNull();
        assertThat(attached.attachment().logPath()).isEqualTo(DEFAULT);
        assertThat(attached.attachment().id()).matches("lat_[0-9a-f]{12}");
        assertThat(attached.offset().byteOffset()).isZero();
        assertThat(pipes.commandOf(target(0))).contains("cat >> " + DEFAULT);
        assertThat(tables.logs().newest(AGENT)).contains(attached.attachment());
        assertThat(audited()).singleElement().satisfies(payload -> {
            assertThat(payload.keySet())
                    .containsExactly(
                            "attachment_id",
                            "agent_id",
                            "prior_status",
                            "new_status",
                            "prior_path",
                            "new_path",
                            "prior_pipe_target",
                            "source",
                            "socket_peer_uid");
            assertThat(payload.get("prior_status")).isNull();
            assertThat(payload.get("new_status")).isEqualTo("active");
            assertThat(payload.get("new_path")).isEqualTo(DEFAULT);
            assertThat(payload.get("source")).isEqualTo("explicit");
            assertThat(payload.get("socket_peer_uid")).isEqualTo(7L);
        });
    }

    @Test
    void attaching_again_changes_nothing() {
        Attached first = logs().attach(AGENT, null, 7);
        Attached again = logs().attach(AGENT, null, 7);

        assertThat(again.attachment()).isEqualTo(first.attachment());
        assertThat(again.isNew()).isFalse();
        assertThat(again.priorStatus()).isEqualTo(AttachmentStatus.ACTIVE);
        assertThat(pipes.calls()).containsExactly("inspect", "open", "inspect");
        assertThat(audited()).hasSize(1);
    }

    @Test
    void a_pipe_that_was_lost_is_opened_again() {
        logs().attach(AGENT, null, 7);
        pipes.close(target(0));
        logs().attach(AGENT, null, 7);

        assertThat(pipes.commandOf(target(0))).contains("cat >> " + DEFAULT);
        assertThat(audited()).hasSize(1);
    }

    @Test
    void a_pipe_of_somebody_else_is_replaced_and_remembered() {
        pipes.pipe(target(0), "cat >> /home/me/mine");
        LogAttachment attachment = logs().attach(AGENT, null, 7).attachment();

        assertThat(attachment.priorPipeTarget()).isEqualTo("cat >> /home/me/mine");
        assertThat(pipes.calls()).containsExactly("inspect", "close", "open");
        assertThat(audited().get(0).get("prior_pipe_target")).isEqualTo("cat >> /home/me/mine");
    }

    @Test
    void a_pane_that_cannot_be_recorded_keeps_its_own_pipe() {
        pipes.pipe(target(0), "cat >> /home/me/mine");
        pipes.refuseToOpen(ErrorCode.PIPE_PANE_FAILED);
        assertThat(refused(null)).isEqualTo(ErrorCode.PIPE_PANE_FAILED);
        assertThat(pipes.calls()).endsWith("close", "open", "open");
        assertNothingStored();
    }

    @Test
    void a_pane_gets_back_its_pipe_if_nothing_can_be_stored() {
        pipes.pipe(target(0), "cat >> /home/me/mine");
        isAuditFull = true;

        assertThat(refused(null)).isEqualTo(ErrorCode.INTERNAL_ERROR);
        assertThat(pipes.commandOf(target(0))).contains("cat >> /home/me/mine");
        assertThat(tables.logAttachmentRows()).isEmpty();
    }

    @Test
    void another_file_takes_the_place_of_the_first_and_the_first_can_come_back() {
        Attached first = logs().attach(AGENT, null, 7);
        Attached second = attach(ELSEWHERE);

        assertThat(second.isNew()).isTrue();
        assertThat(second.priorStatus()).isEqualTo(AttachmentStatus.ACTIVE);
        assertThat(tables.logAttachmentRows())
                .extracting(LogAttachment::status, LogAttachment::supersededBy)
                .containsExactly(
                        tuple(AttachmentStatus.SUPERSEDED, second.attachment().id()),
                        tuple(AttachmentStatus.ACTIVE, null));
        assertThat(audited()).hasSize(2);
        assertThat(audited().get(1).get("prior_path")).isEqualTo(DEFAULT);

        Attached third = attach(DEFAULT);
        assertThat(third.isNew()).isTrue();
        assertThat(third.attachment().id()).isNotEqualTo(first.attachment().id());
        assertThat(tables.logAttachmentRows())
                .extracting(LogAttachment::status)
                .containsExactly(AttachmentStatus.SUPERSEDED, AttachmentStatus.SUPERSEDED, AttachmentStatus.ACTIVE);
    }

    @Test
    void a_detached_log_goes_on_where_it_was_read_to() {
        Attached first = logs().attach(AGENT, null, 7);
        read(DEFAULT, 4096, "9:9", 8192);
        LogAttachments.State detached = logs().detach(AGENT, 7);
        assertThat(detached.attachment().status()).isEqualTo(AttachmentStatus.DETACHED);
        assertThat(pipes.commandOf(target(0))).isEmpty();
        assertThatThrownBy(() -> logs().detach(AGENT, 7))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ATTACHMENT_NOT_FOUND));

        Attached again = logs().attach(AGENT, null, 7);
        assertThat(again.attachment().id()).isEqualTo(first.attachment().id());
        assertThat(again.isNew()).isFalse();
        assertThat(again.priorStatus()).isEqualTo(AttachmentStatus.DETACHED);
        assertThat(again.offset().byteOffset()).isEqualTo(4096);
        assertThat(again.attachment().lastStatusAt())
                .isGreaterThan(detached.attachment().lastStatusAt());
        assertThat(audited()).hasSize(3);
        assertThat(lifecycle).isEmpty();
    }

    private void read(String path, long bytes, String inode, long size) {
        tables.logs().write(writes -> {
            writes.put(new LogOffset(AGENT, path, bytes, 137, 3200, AT, inode, size, AT, AT));
            return Boolean.TRUE;
        });
    }

    private void makeStale() {
        tables.put(tables.logs().newest(AGENT).orElseThrow().with(AttachmentStatus.STALE, AT));
    }

    @Test
    void a_stale_log_goes_on_if_its_file_is_the_one_that_was_read() {
        files.write(DEFAULT, "0123456789");
        logs().attach(AGENT, null, 7);
        read(DEFAULT, 4, files.stat(DEFAULT).orElseThrow().inode(), 8);
        makeStale();

        Attached again = logs().attach(AGENT, null, 7);
        assertThat(again.priorStatus()).isEqualTo(AttachmentStatus.STALE);
        assertThat(again.offset().byteOffset()).isEqualTo(4);
        assertThat(lifecycle).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_stale_log_is_read_from_its_start_if_its_file_was_cut_or_exchanged(boolean isCut) {
        files.write(DEFAULT, "0123456789");
        logs().attach(AGENT, null, 7);
        String inode = files.stat(DEFAULT).orElseThrow().inode();
        read(DEFAULT, 4, isCut ? inode : "9:9", isCut ? 11 : 10);
        makeStale();

        Attached again = logs().attach(AGENT, null, 7);
        assertThat(again.offset().byteOffset()).isZero();
        assertThat(again.offset().fileInode()).isEqualTo(inode);
        assertThat(again.offset().fileSizeSeen()).isEqualTo(10);
        assertThat(lifecycle)
                .singleElement()
                .asString()
                .startsWith(LifecycleEvent.LOG_ROTATION_DETECTED.token())
                .contains("new_size=10");
    }

    @Test
    void a_file_belongs_to_one_agent() {
        agent(OTHER, 1);
        attach(ELSEWHERE);

        assertThatThrownBy(() -> logs().attach(OTHER, ELSEWHERE, 7))
                .hasMessageContaining(AGENT.value())
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_PATH_IN_USE));
        assertThat(pipes.commandOf(target(1))).isEmpty();
    }

    @Test
    void an_agent_must_be_there_with_its_pane_and_its_bench() {
        assertThat(catchThrowableOfType(RefusedException.class, () -> logs().attach(OTHER, "x", 7))
                        .code())
                .isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        tables.put(pane(0, false));
        assertThat(refused("x")).isEqualTo(ErrorCode.PANE_UNKNOWN_TO_DAEMON);
        tables.put(new BenchContainer(BENCH, "bench", "i", "exited", Map.of(), List.of(), false, AT, AT, null, null));
        assertThat(refused("x")).isEqualTo(ErrorCode.AGENT_INACTIVE);
        assertNothingStored();
        assertThat(pipes.calls()).isEmpty();
    }

    @Nested
    class Paths {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "relative/log.txt",
                    "/a/../b",
                    "/a\u0000b",
                    "/a\u007f",
                    "/a\nb",
                    "/proc/self/mem",
                    "/dev/null",
                    "/run/foo.log",
                    "/sys",
                    STATE + "/agenttower.sqlite3",
                    STATE,
                    LOGS + "/agenttowerd.log",
                    "/home/me/.config/opensoft/agenttower/config.toml",
                })
        void no_log_lies_in_such_a_place(String path) {
            assertThat(refused(path)).isEqualTo(ErrorCode.LOG_PATH_INVALID);
            assertNothingStored();
        }

        @Test
        void a_path_has_an_end() {
            assertThat(refused("/" + "x".repeat(4096))).isEqualTo(ErrorCode.LOG_PATH_INVALID);
        }

        @Test
        void a_directory_is_no_log() {
            files.addDirectory(ELSEWHERE);
            assertThat(refused(ELSEWHERE)).isEqualTo(ErrorCode.LOG_PATH_INVALID);
        }

        @Test
        void a_path_outside_of_all_mounts_is_refused_with_the_mounts() {
            assertThatThrownBy(() -> attach("/tmp/nope/elsewhere.log"))
                    .hasMessageContaining(LOGS)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_PATH_NOT_HOST_VISIBLE));
            assertNothingStored();
        }

        @Test
        void a_path_is_read_on_either_side_of_the_mount_with_the_longest_prefix() {
            bench(List.of(
                    new Mount("/srv", "/data", "bind", "", true),
                    new Mount("/srv/deep", "/data/deep", "volume", "", true),
                    new Mount("/data/deep/er", "/x", "tmpfs", "", true)));
            assertThat(attach("/data/deep/er/l").attachment().logPath()).isEqualTo("/srv/deep/er/l");
            assertThat(pipes.commandOf(target(0))).contains("cat >> /data/deep/er/l");
            assertThat(attach("/srv/l").attachment().logPath()).isEqualTo("/srv/l");
            assertThat(pipes.commandOf(target(0))).contains("cat >> /data/l");
        }

        @Test
        void a_mount_that_the_container_may_only_read_is_refused() {
            bench(List.of(new Mount(LOGS, LOGS, "bind", "ro", false)));
            assertThatThrownBy(() -> attach(LOGS + "/l"))
                    .hasMessageContaining("read-only in the container")
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.LOG_PATH_NOT_HOST_VISIBLE));
            assertNothingStored();
        }

        @Test
        void the_default_lies_in_the_home_of_the_bench_user_where_that_is_mounted() {
            bench(List.of(new Mount("/srv/home", "/home/brett", "bind", "", true)));
            assertThat(logs().attach(AGENT, null, 7).attachment().logPath())
                    .isEqualTo(
                            "/srv/home/.local/state/opensoft/agenttower/logs/" + BENCH.value() + "/" + AGENT + ".log");
        }

        @Test
        void too_many_mounts_are_not_read() {
            bench(IntStream.range(0, 257)
                    .mapToObj(i -> new Mount(LOGS, LOGS, "bind", "", true))
                    .toList());
            assertThat(refused(ELSEWHERE)).isEqualTo(ErrorCode.LOG_PATH_NOT_HOST_VISIBLE);
            assertThat(lifecycle).singleElement().asString().contains("observed_count=257");
        }

        @Test
        void special_signs_stay_one_word_of_the_shell() {
            attach(LOGS + "/it's $(here) now");
            assertThat(pipes.commandOf(target(0))).contains("cat >> '" + LOGS + "/it'\"'\"'s $(here) now'");
        }

        @Test
        void the_host_needs_no_mount() {
            InMemoryHostBench own = new InMemoryHostBench(new ContainerId("d".repeat(64)), "me");
            host = Optional.of(own);
            PaneKey pane = new PaneKey(own.id(), "/tmp/tmux-0/default", "main", 0, 0, "%0");
            tables.put(new BenchContainer(
                    own.id(), "host", "host", "running", Map.of(), List.of(), true, AT, AT, "me", null));
            tables.put(new Pane(pane, "host", "", 1, "", "", "", "", false, true, AT, AT));
            tables.put(new AgentRow(OTHER.value(), pane, "slave", "codex", "", "", null, "{}", AT, AT, null, true));
            assertThat(logs().attach(OTHER, null, 7).attachment().logPath())
                    .isEqualTo(LOGS + "/" + own.id().value() + "/" + OTHER + ".log");
        }
    }

    @Nested
    class Registering {
        private final AgentRegistration registration = new AgentRegistration(
                tables.agents(),
                tables.panes(),
                audit,
                (event, fields) -> {},
                () -> Instant.ofEpochSecond(seconds.incrementAndGet()),
                new Random(2),
                UnaryOperator.identity());

        private RegisterAgent request() {
            tables.put(pane(5, true));
            return new RegisterAgent(key(5), Role.SLAVE, null, null, null, ParentChoice.KEEP);
        }

        @Test
        void stores_agent_and_log_together_and_tells_of_the_role_first() {
            RegistrationLog log = logs().during(null, 7);
            AgentId id =
                    registration.register(request(), 7, log).agent().agent().id();

            assertThat(log.attached().attachment().agent()).isEqualTo(id);
            assertThat(log.attached().attachment().source()).isEqualTo(AttachmentSource.REGISTER_SELF);
            assertThat(pipes.commandOf(target(5))).isPresent();
            assertThat(audit.records())
                    .extracting(record -> record.fields().get("type"))
                    .containsExactly("agent_role_change", "log_attachment_change");
        }

        @Test
        void stores_neither_if_the_pane_cannot_be_recorded() {
            pipes.refuseToOpen(ErrorCode.PIPE_PANE_FAILED);
            assertThatThrownBy(() -> registration.register(request(), 7, logs().during(null, 7)))
                    .isInstanceOf(RefusedException.class);
            assertThat(tables.agentRows()).hasSize(1);
            assertNothingStored();
        }

        @Test
        void touches_no_pane_for_a_registration_that_is_refused() {
            RegisterAgent request = request();
            tables.put(pane(5, false));
            assertThatThrownBy(() -> registration.register(request, 7, logs().during(null, 7)))
                    .isInstanceOf(RefusedException.class);
            assertThat(pipes.calls()).isEmpty();
        }
    }

    @Test
    void a_preview_shows_the_last_lines_without_secrets() {
        logs().attach(AGENT, null, 7);
        files.write(DEFAULT, "old\nOPENAI_API_KEY=sk-test-1234567890\nnew\n");
        assertThat(logs().preview(AGENT, 2).lines()).containsExactly("OPENAI_API_KEY=<redacted:env-secret>", "new");
        files.remove(DEFAULT);
        assertThatThrownBy(() -> logs().preview(AGENT, 2)).hasMessageContaining("missing");
    }
}
