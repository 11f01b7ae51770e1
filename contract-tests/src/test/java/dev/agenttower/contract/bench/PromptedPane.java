package dev.agenttower.contract.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that has adopted a pane of a tmux of its own, whose program writes down every byte that it gets. */
abstract class PromptedPane {
    static final String SERVER = "default";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DaemonProcess tower = programs();

    /** The programs under test. */
    abstract DaemonProcess programs();

    @TempDir
    Path directory;

    PrivateTmux tmux;
    Path received;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        received = directory.resolve("received");
        tmux.run(
                SERVER,
                "new-session",
                "-d",
                "-s",
                "work",
                "-x",
                "80",
                "-y",
                "24",
                "stty raw -echo; printf '\\033[?2004h'; exec cat > " + received);
        await().until(() -> tmux.run(SERVER, "display-message", "-p", "-t", "%0", "#{pane_current_command}")
                        .strip()
                        .equals("cat")
                && Files.exists(received));
        tower.start();
        adopt();
    }

    @AfterEach
    void close() {
        tmux.close();
    }

    private void adopt() {
        await().atMost(PATIENCE)
                .until(() -> tower.call("scan_panes").path("ok").asBoolean()
                        && !tower.call("list_panes")
                                .path("result")
                                .path("panes")
                                .isEmpty());
        JsonNode pane = tower.call("list_panes").path("result").path("panes").path(0);
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("app_session_token", tower.hello());
        params.put("container_id", pane.path("container_id"));
        params.put("tmux_socket", pane.path("tmux_socket_path"));
        params.put("session_name", pane.path("tmux_session_name"));
        params.put("window_index", pane.path("tmux_window_index"));
        params.put("pane_index", pane.path("tmux_pane_index"));
        params.put("pane_id", pane.path("tmux_pane_id"));
        params.put("role", "slave");
        params.put("capability", "claude");
        params.put("label", "worker");
        JsonNode answer = tower.call("app.agent.register_from_pane", params);
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
    }

    JsonNode send(String body, boolean waits) {
        JsonNode answer = tower.call(
                "queue.send_input",
                Map.of(
                        "operator",
                        true,
                        "target",
                        "worker",
                        "wait",
                        waits,
                        "body_bytes",
                        Base64.getEncoder().encodeToString(body.getBytes(UTF_8))));
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("result");
    }

    JsonNode rows() {
        return tower.call("queue.list", Map.of("limit", 1000)).path("result").path("rows");
    }

    int count(String body) throws IOException {
        return Files.readString(received).split(Pattern.quote("[200~" + body + "\u001b"), -1).length - 1;
    }
}
