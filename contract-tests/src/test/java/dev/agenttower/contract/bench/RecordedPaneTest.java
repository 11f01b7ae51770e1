package dev.agenttower.contract.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    private Path recorded() {
        tower.run("scan", "--panes").orThrow();
        tower.run("adopt", "--pane", "%0", "--role", "slave", "--attach-log").orThrow();
        String agent = agent().path("agent_id").asText();
        return Path.of(tower.call("attach_log_status", Map.of("agent_id", agent))
                .path("result")
                .path("attachment")
                .path("log_path")
                .asText());
    }

    @Test
    void a_log_above_its_bound_moves_its_beginning_away_and_loses_no_line() throws Exception {
        tower.init();
        Files.writeString(tower.paths().configFile(), "[logs]\nmax_bytes = 1048576\nkeep = 20\n");
        tower.start();
        Path log = recorded();
        tmux.run("server", "send-keys", "-t", "%0", "seq -f %0100.0f 60000; echo that was $((1))all", "Enter");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.readString(log).replace("\0", "").contains("that was 1all"));
        await().atMost(Duration.ofMinutes(1)).until(() -> blocks(log) < 2 << 20);
        // Lines may move from one file to another while the files are read.
        await().until(() -> numbers(log).size() == 60_000);
        assertThat(numbers(log)).isSorted().doesNotHaveDuplicates();
        assertThat(tower.events()).doesNotContain("log_rotation_detected").contains("log_archived");
        assertThat(tower.run("attach-log", "--target", agent().path("agent_id").asText(), "--preview", "2")
                        .orThrow()
                        .out())
                .contains("that was 1all");
    }

    /** The lines of a log and its older parts that are numbers. */
    private static List<String> numbers(Path log) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(log.getParent())) {
            // A part that is being written has another name until it is whole.
            for (Path file : files.filter(
                            each -> !each.equals(log) && !each.toString().endsWith(".tmp"))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(file));
            }
        }
        all.append(Files.readString(log).replace("\0", ""));
        return all.toString().lines().filter(line -> line.matches("\\d{100}")).toList();
    }

    @Test
    void a_log_is_shown_and_followed_as_text() throws Exception {
        tower.start();
        recorded();
        String id = agent().path("agent_id").asText();
        tower.run("set-label", "--target", id, "--label", "api").orThrow();
        RunningCommand follow = tower.launch("agenttower", "logs", "api", "--follow", "--lines", "5");
        tmux.run(
                "server",
                "send-keys",
                "-t",
                "%0",
                "printf '\\033[31mred\\033[0m sk-%s\\n' " + "a1".repeat(12),
                "Enter");
        await().until(() -> follow.printed().contains("red <redacted:openai-key>\n"));
        new ProcessBuilder("kill", "-INT", String.valueOf(follow.process().pid())).start();
        assertThat(tower.finish(follow).exitCode()).isZero();

        assertThat(tower.run("logs", "api").orThrow().out()).contains("\nred <redacted:openai-key>\n");
        tmux.run("server", "send-keys", "-t", "%0", "printf '\\033[31mre''d again\\033[0m\\n'", "Enter");
        await().until(() -> tower.run("logs", "api", "--raw").out().contains("\033[31mred again\033[0m"));
        assertThat(tower.run("logs", "api", "-n", "1").orThrow().out().lines()).hasSize(1);
        assertThat(tower.run("logs", "api", "--lines", "-1").exitCode()).isNotZero();
        assertThat(tower.run("logs", "nobody").err()).contains("nobody");
    }

    /** The space that a file takes on disk. */
    private static long blocks(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
    }

    @Test
    void an_adopted_pane_is_recorded_until_it_is_detached() throws Exception {
        tower.start();
        Path log = recorded();
        String agent = agent().path("agent_id").asText();
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
