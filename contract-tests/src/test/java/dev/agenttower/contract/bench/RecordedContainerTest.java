package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pane of a real container, whose user has no name, is recorded into a folder that the container shares with the host. */
@Tag("docker")
final class RecordedContainerTest {
    private static final String LOGS = "/home/dev/.local/state/opensoft/agenttower/logs";
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    @TempDir
    Path shared;

    private BenchLab lab;
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        lab = BenchLab.open();
        bench = lab.upSharing("recorded", shared, LOGS);
        sh("tmux -f /dev/null new-session -d -s work -x 200 -y 50");
        bench.watchedAloneBy(tower);
        tower.start();
        tower.run("scan", "--containers", "--panes").orThrow();
        tower.run("adopt", "--pane", "%0", "--container", bench.name(), "--role", "slave", "--attach-log")
                .orThrow();
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private String sh(String line) {
        return bench.execAs(Command.run("id", "-u").strip(), "sh", "-c", line);
    }

    private void type(String line) {
        sh("tmux send-keys -t %0 \"" + line + "\" Enter");
    }

    private JsonNode agent() {
        return tower.call("list_agents").path("result").path("agents").path(0);
    }

    private String events() {
        return tower.run("events").orThrow().out();
    }

    @Test
    void what_the_pane_prints_becomes_events_and_a_killed_recorder_is_replaced() throws IOException {
        String agent = agent().path("agent_id").asText();
        JsonNode attachment = tower.call("attach_log_status", Map.of("agent_id", agent))
                .path("result")
                .path("attachment");
        Path log = shared.resolve(bench.id().value()).resolve(agent + ".log");
        assertThat(attachment.path("log_path").asText()).isEqualTo(log.toString());

        type("echo FAILED tests/first.py::test_$((40 + 1))");
        await().atMost(PATIENCE).until(() -> events().contains("FAILED tests/first.py::test_41"));

        sh("kill -9 $(pidof cat)");
        // tmux notices that its reader is gone when it writes.
        type("echo lost");
        await().atMost(PATIENCE).until(() -> tower.log().contains("log_recording_resumed"));
        type("echo FAILED tests/second.py::test_$((40 + 2))");
        await().atMost(PATIENCE).until(() -> events().contains("FAILED tests/second.py::test_42"));
        assertThat(Files.readString(log)).contains("test_41", "test_42");
        assertThat(tower.log()).doesNotContain("log_rotation_detected", "log_file_missing");
    }
}
