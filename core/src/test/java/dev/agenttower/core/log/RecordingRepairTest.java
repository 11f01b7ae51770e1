package dev.agenttower.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.failure.ErrorCode;
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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingRepairTest {
    private static final ContainerId BENCH = new ContainerId("c".repeat(64));
    private static final AgentId AGENT = new AgentId("agt_abc123def456");
    private static final String LOGS = "/home/me/logs";
    private static final String LOG = LOGS + "/" + BENCH.value() + "/" + AGENT + ".log";
    private static final String COMMAND = "cat >> " + LOG;
    private static final String AT = "2026-05-01T00:00:00.000000+00:00";
    private static final PaneKey PANE = new PaneKey(BENCH, "/tmp/tmux-1000/default", "main", 0, 0, "%0");
    private static final Set<PaneKey> UNPIPED = Set.of(PANE);

    private final InMemoryTables tables = new InMemoryTables();
    private final InMemoryPanePipes pipes = new InMemoryPanePipes();
    private final InMemoryLogFiles files = new InMemoryLogFiles();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final List<String> lifecycle = new ArrayList<>();
    private String user = "brett";
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private LogAttachments logs;

    @BeforeEach
    void store_an_agent_in_a_container() {
        start(user);
    }

    private void start(String benchUser) {
        user = benchUser;
        files.addDirectory(LOGS);
        tables.put(new BenchContainer(
                BENCH,
                "bench",
                "i",
                "running",
                Map.of(),
                List.of(new Mount(LOGS, LOGS, "bind", "", true)),
                true,
                AT,
                AT,
                user,
                null));
        tables.put(new Pane(PANE, "bench", "", 1, "", "", "", "", false, true, AT, AT));
        tables.put(new AgentRow(AGENT.value(), PANE, "slave", "codex", "", "", null, "{}", AT, AT, null, true));
        logs = new LogAttachments(
                tables.logs(),
                tables.agents(),
                tables.panes(),
                pipes,
                files,
                new LogFolders(LOGS, List.of(), LOGS + "/agenttowerd.log"),
                HostBench.none(),
                "",
                audit,
                (event, fields) -> lifecycle.add(event.token() + " " + fields),
                () -> now,
                new Random(1));
    }

    private PanePipes.Target target() {
        return new PanePipes.Target(new BenchTarget(BENCH, "bench", user.split(":", 2)[0]), PANE);
    }

    private boolean run() {
        return logs.repair().run(UNPIPED);
    }

    private boolean runLater() {
        now = now.plusSeconds(4);
        return run();
    }

    private LogAttachment attach() {
        LogAttachment attached = logs.attach(AGENT, null, 7).attachment();
        now = now.plusSeconds(4);
        return attached;
    }

    private Optional<String> reason() {
        return logs.repair().stopped().stream()
                .map(RecordingRepair.Stopped::reason)
                .findFirst();
    }

    @SuppressWarnings("unchecked") // The payload of a record is an object.
    private List<String> audited() {
        return audit.records().stream()
                .filter(record -> "log_recording_change".equals(record.fields().get("type")))
                .map(record -> ((Map<String, ?>) record.fields().get("payload"))
                        .get("recording")
                        .toString())
                .toList();
    }

    @Test
    void a_recording_that_ended_is_started_again_in_the_same_file() {
        LogAttachment attachment = attach();
        pipes.end(target());

        assertThat(run()).isFalse();
        assertThat(pipes.commandOf(target())).contains(COMMAND);
        assertThat(run()).isFalse();
        assertThat(runLater()).isTrue();

        assertThat(tables.logs().newest(AGENT)).contains(attachment);
        assertThat(audited()).containsExactly("stopped", "resumed");
        assertThat(lifecycle)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("log_recording_stopped")
                                .contains(LOG),
                        line -> assertThat(line).startsWith("log_recording_resumed"));
        assertThat(logs.repair().stopped()).isEmpty();
    }

    @Test
    void it_waits_for_room_on_the_disk_and_says_so_meanwhile() {
        LogAttachment attachment = attach();
        pipes.end(target());
        files.leaveRoom(RecordingRepair.ROOM - 1);

        assertThat(run()).isFalse();
        assertThat(run()).isFalse();
        assertThat(reason()).get().asString().startsWith("no space left on the device");
        assertThat(logs.repair().of(attachment.id())).isPresent();
        assertThat(tables.logs().newest(AGENT)).contains(attachment);
        assertThat(pipes.commandOf(target())).isEmpty();
        assertThat(audited()).containsExactly("stopped");

        files.leaveRoom(RecordingRepair.ROOM);
        assertThat(logs.repair().run(Set.of())).isFalse();
        assertThat(pipes.commandOf(target())).contains(COMMAND);
        assertThat(runLater()).isTrue();
        assertThat(audited()).containsExactly("stopped", "resumed");
        assertThat(logs.repair().of(attachment.id())).isEmpty();
    }

    @Test
    void a_log_that_was_exchanged_for_another_file_is_recorded_in_the_new_one() {
        attach();
        logs.repair().exchanged(AGENT);

        assertThat(logs.repair().run(Set.of())).isFalse();
        assertThat(pipes.calls()).filteredOn(call -> !call.equals("inspect")).containsExactly("open", "close", "open");
        assertThat(pipes.commandOf(target())).contains(COMMAND);
        now = now.plusSeconds(4);
        assertThat(logs.repair().run(Set.of())).isTrue();
        assertThat(audited()).containsExactly("stopped", "resumed");
        assertThat(lifecycle.get(0)).contains("exchanged");
    }

    @Test
    void what_is_piped_by_now_is_left_alone() {
        attach();
        pipes.end(target());
        pipes.pipe(target(), "cat >> /home/me/mine");

        assertThat(run()).isTrue();
        assertThat(pipes.commandOf(target())).contains("cat >> /home/me/mine");
        assertThat(audited()).isEmpty();
    }

    @Test
    void a_request_that_opens_the_pipe_again_ends_the_trouble() {
        attach();
        pipes.end(target());
        files.leaveRoom(0);
        assertThat(run()).isFalse();

        attach();
        assertThat(run()).isTrue();
        assertThat(audited()).containsExactly("stopped", "resumed");
    }

    @Test
    void a_detached_pane_is_not_recorded_again() {
        attach();
        logs.detach(AGENT, 7);
        assertThat(run()).isTrue();
        assertThat(pipes.commandOf(target())).isEmpty();

        attach();
        pipes.end(target());
        files.leaveRoom(0);
        assertThat(run()).isFalse();
        logs.detach(AGENT, 7);
        files.leaveRoom(Long.MAX_VALUE);
        assertThat(run()).isTrue();
        assertThat(pipes.commandOf(target())).isEmpty();
        assertThat(logs.repair().stopped()).isEmpty();
        assertThat(audited()).containsExactly("stopped");
    }

    @Test
    void only_panes_without_a_pipe_are_asked_for() {
        attach();
        assertThat(logs.repair().run(Set.of())).isTrue();
        int calls = pipes.calls().size();
        assertThat(logs.repair().run(Set.of())).isTrue();
        assertThat(pipes.calls()).hasSize(calls);
    }

    @Test
    void a_pipe_that_ends_before_any_scan_has_seen_it_is_noticed() {
        List<String> told = new ArrayList<>();
        logs.repair().onOpened(() -> told.add("opened"));
        logs.attach(AGENT, null, 7);
        assertThat(told).containsExactly("opened");
        assertThat(logs.repair().run(Set.of())).isFalse();
        pipes.end(target());
        assertThat(logs.repair().run(Set.of())).isFalse();
        assertThat(audited()).containsExactly("stopped");
    }

    @Test
    void a_missing_file_is_left_to_the_reader_of_logs() {
        attach();
        pipes.end(target());
        files.remove(LOG);
        assertThat(run()).isTrue();
        assertThat(pipes.commandOf(target())).isEmpty();
        assertThat(files.stat(LOG)).isEmpty();
    }

    @Test
    void a_recording_that_cannot_be_started_is_tried_again() {
        attach();
        pipes.end(target());
        pipes.refuseToOpen(ErrorCode.PIPE_PANE_FAILED);
        assertThat(run()).isFalse();
        assertThat(reason()).get().asString().startsWith("it cannot be started again: ");
        pipes.refuseToOpen(null);
        assertThat(run()).isFalse();
        assertThat(runLater()).isTrue();
        assertThat(audited()).containsExactly("stopped", "resumed");
    }

    @Test
    void a_recording_that_ends_again_at_once_is_started_after_growing_pauses() {
        attach();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pipes.end(target());
            long pause = 0;
            for (run(); pipes.commandOf(target()).isEmpty(); run()) {
                now = now.plusSeconds(1);
                pause++;
            }
            pauses.add(pause);
        }
        assertThat(pauses).containsExactly(0L, 5L, 10L, 20L);
        assertThat(audited()).containsExactly("stopped");

        assertThat(runLater()).isTrue();
        pipes.end(target());
        assertThat(run()).isFalse();
        assertThat(pipes.commandOf(target())).isEmpty();
        assertThat(audited()).containsExactly("stopped", "resumed", "stopped");
        now = now.plusSeconds(40);
        assertThat(run()).isFalse();
        assertThat(runLater()).isTrue();

        now = now.plusSeconds(600);
        pipes.end(target());
        assertThat(run()).isFalse();
        assertThat(pipes.commandOf(target())).contains(COMMAND);
    }

    @Test
    void a_pipe_into_a_log_without_an_attachment_is_told_of() {
        pipes.pipe(target(), COMMAND);
        logs.reportOrphans();
        assertThat(lifecycle)
                .singleElement()
                .asString()
                .startsWith("log_attachment_orphan_detected")
                .contains("\"tmux_pane_id\": \"%0\"", "main:0.0", COMMAND);
        assertThat(tables.logAttachmentRows()).isEmpty();
    }

    @Test
    void attached_and_foreign_pipes_are_no_orphans() {
        attach();
        logs.reportOrphans();
        pipes.pipe(target(), "cat >> /home/me/mine/" + AGENT + ".log");
        logs.reportOrphans();
        assertThat(lifecycle).isEmpty();
    }

    @Test
    void a_pipe_whose_command_is_unknown_counts_if_the_log_exists_and_was_not_detached() {
        pipes.pipe(target(), "");
        logs.reportOrphans();
        assertThat(lifecycle).isEmpty();

        files.write(LOG, "recorded\n");
        logs.reportOrphans();
        assertThat(lifecycle).singleElement().asString().startsWith("log_attachment_orphan_detected");

        lifecycle.clear();
        attach();
        logs.detach(AGENT, 7);
        pipes.pipe(target(), "");
        logs.reportOrphans();
        assertThat(lifecycle).isEmpty();
    }

    @Test
    void the_home_of_a_user_that_is_a_number_is_asked_for() {
        start("1000:1000");
        tables.put(new BenchContainer(
                BENCH,
                "bench",
                "i",
                "running",
                Map.of(),
                List.of(new Mount("/srv/home", "/home/brett", "bind", "", true)),
                true,
                AT,
                AT,
                user,
                null));
        files.addDirectory("/srv/home");
        pipes.live(target().bench(), "/home/brett");

        assertThat(attach().logPath())
                .isEqualTo("/srv/home/.local/state/opensoft/agenttower/logs/" + BENCH.value() + "/" + AGENT + ".log");
        assertThat(pipes.commandOf(target()))
                .contains("cat >> /home/brett/.local/state/opensoft/agenttower/logs/" + BENCH.value() + "/" + AGENT
                        + ".log");
    }
}
