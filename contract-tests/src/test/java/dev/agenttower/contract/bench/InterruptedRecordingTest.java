package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that end by themselves, with the real daemon and a tmux of its own. */
@Tag("tmux")
@Timeout(180)
final class InterruptedRecordingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    @TempDir
    Path disk;

    private PrivateTmux tmux;
    private boolean isMounted;

    @BeforeEach
    void start() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tmux.run("server", "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sh");
        tower.start();
        tower.run("scan", "--panes").orThrow();
        tower.run("adopt", "--pane", "%0", "--role", "slave").orThrow();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
        if (isMounted) {
            // The programs that wrote there are just ending.
            await().until(() ->
                    Command.attempt(List.of("umount", disk.toString())).status() == 0);
        }
    }

    private void mountSmallDisk() {
        Command mount =
                Command.attempt(List.of("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk.toString()));
        isMounted = mount.status() == 0;
        if (!isMounted) {
            String hint =
                    "SKIPPED: a small disk cannot be mounted: " + mount.output().strip();
            System.err.println(hint);
            Assumptions.abort(hint);
        }
    }

    private String agent() {
        return tower.call("list_agents")
                .path("result")
                .path("agents")
                .path(0)
                .path("agent_id")
                .asText();
    }

    private Path attach(String... more) {
        tower.run(Stream.concat(Stream.of("attach-log", "--target", agent()), Stream.of(more))
                        .toArray(String[]::new))
                .orThrow();
        return Path.of(attachment().path("log_path").asText());
    }

    private JsonNode attachment() {
        return tower.call("attach_log_status", Map.of("agent_id", agent()))
                .path("result")
                .path("attachment");
    }

    private void type(String line) {
        tmux.run("server", "send-keys", "-t", "%0", line, "Enter");
    }

    private JsonNode readiness() {
        JsonNode subsystems = tower.call("app.readiness", Map.of("app_session_token", tower.hello()))
                .path("result")
                .path("subsystems");
        return StreamSupport.stream(subsystems.spliterator(), false)
                .filter(each -> each.path("name").asText().equals("log_attachment_workers"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> changes() throws IOException {
        return Files.readAllLines(tower.paths().events()).stream()
                .filter(line -> line.contains("\"log_recording_change\""))
                .toList();
    }

    /** The programs that write the log. */
    private List<ProcessHandle> recorders() {
        long server = Long.parseLong(
                tmux.run("server", "display-message", "-p", "#{pid}").strip());
        return ProcessHandle.of(server)
                .orElseThrow()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("cat"))
                .toList();
    }

    @Test
    void a_full_disk_stops_a_recording_with_a_reason_and_room_lets_it_go_on() throws IOException {
        mountSmallDisk();
        Path filler = Files.write(disk.resolve("filler"), new byte[600 << 10]);
        Path log = attach("--log", disk.resolve("pane.log").toString());
        type("seq -f %0100.0f 20000");
        await().atMost(PATIENCE).until(() -> attachment().has("stopped_at"));

        long size = Files.size(log);
        assertThat(attachment().path("status").asText()).isEqualTo("active");
        assertThat(attachment().path("stopped_reason").asText()).startsWith("no space left on the device");
        assertThat(readiness().path("status").asText()).isEqualTo("degraded");
        assertThat(readiness().toString()).contains("no space left on the device");
        assertThat(tower.run("attach-log", "--target", agent(), "--status")
                        .orThrow()
                        .out())
                .contains("stopped_reason=no space left on the device");
        assertThat(tower.run("logs", agent(), "-n", "1").orThrow().err()).contains("no space left on the device");

        Files.delete(filler);
        await().atMost(PATIENCE).until(() -> !attachment().has("stopped_at"));
        type("echo recorded again $((40 + 2))");
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("recorded again 42"));

        assertThat(Files.size(log)).isGreaterThan(size);
        assertThat(Files.readString(log)).doesNotContain("\0");
        assertThat(tower.log())
                .contains("log_recording_stopped", "log_recording_resumed")
                .doesNotContain("log_rotation_detected", "log_file_missing");
        assertThat(changes()).hasSize(2);
        assertThat(changes().get(0)).contains("\"recording\":\"stopped\"", "no space left on the device");
        assertThat(changes().get(1)).contains("\"recording\":\"resumed\"");
        assertThat(readiness().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void a_recording_whose_program_was_killed_goes_on_and_a_detached_one_does_not() throws IOException {
        Path log = attach();
        type("echo before $((40 + 1))");
        await().until(() -> Files.readString(log).contains("before 41"));

        recorders().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> recorders().isEmpty());
        // tmux notices that its reader is gone when it writes.
        type("echo lost");
        await().atMost(PATIENCE).until(() -> tower.log().contains("log_recording_resumed"));
        type("echo recorded again $((40 + 2))");
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("recorded again 42"));
        assertThat(Files.readString(log)).contains("before 41");
        assertThat(changes()).hasSize(2);

        tower.run("detach-log", "--target", agent()).orThrow();
        tower.run("scan", "--panes").orThrow();
        type("echo afterwards $((40 + 3))");
        await().until(() -> tmux.run("server", "capture-pane", "-p", "-t", "%0").contains("afterwards 43"));
        tower.run("scan", "--panes").orThrow();
        assertThat(tmux.run("server", "display-message", "-p", "-t", "%0", "#{pane_pipe}")
                        .strip())
                .isEqualTo("0");
        assertThat(Files.readString(log)).doesNotContain("afterwards 43");
        assertThat(changes()).hasSize(2);
    }

    @Test
    void a_recording_that_no_attachment_knows_is_told_of_after_a_start() throws IOException {
        Path log = attach();
        tower.stop();
        tower.sql("DELETE FROM log_offsets", "DELETE FROM log_attachments");
        tower.start();
        await().atMost(PATIENCE).until(() -> tower.log().contains("log_attachment_orphan_detected"));
        assertThat(tower.log()).contains("\"tmux_pane_id\": \"%0\"");
        assertThat(attach()).isEqualTo(log);
    }
}
