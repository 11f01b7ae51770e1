package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pane of the host is recorded, with the real daemon and a tmux of its own. */
@Tag("tmux")
final class RecordedPaneTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;

    @BeforeEach
    void start() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tmux.run("server", "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sh");
        tower.start();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    private JsonNode agent() {
        return tower.call("list_agents").path("result").path("agents").path(0);
    }

    @Test
    void an_adopted_pane_is_recorded_until_it_is_detached() throws Exception {
        tower.run("scan", "--panes").orThrow();
        tower.run("adopt", "--pane", "%0", "--role", "slave", "--attach-log").orThrow();
        String agent = agent().path("agent_id").asText();
        Path log = Path.of(tower.call("attach_log_status", Map.of("agent_id", agent))
                .path("result")
                .path("attachment")
                .path("log_path")
                .asText());
        assertThat(log).startsWith(tower.paths().logsDir());

        tmux.run("server", "send-keys", "-t", "%0", "echo token=ghp_" + "A".repeat(20) + "$((40 + 2))", "Enter");
        await().until(() -> Files.readString(log).contains("A42"));
        assertThat(tower.run("attach-log", "--target", agent, "--preview", "20")
                        .orThrow()
                        .out())
                .contains("token=<redacted:github-token>")
                .doesNotContain("A42");

        tower.run("detach-log", "--target", agent).orThrow();
        tmux.run("server", "send-keys", "-t", "%0", "echo afterwards", "Enter");
        await().until(() -> tmux.run("server", "capture-pane", "-p", "-t", "%0").contains("\nafterwards"));
        assertThat(Files.readString(log)).doesNotContain("\nafterwards");
        tower.run("attach-log", "--target", agent).orThrow();
        tmux.run("server", "send-keys", "-t", "%0", "echo recorded again", "Enter");
        await().until(() -> Files.readString(log).contains("\nrecorded again"));
    }
}
