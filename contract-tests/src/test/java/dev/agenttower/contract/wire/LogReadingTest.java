package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.World.BENCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
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
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A daemon that reads the log of an agent, and is killed. */
final class LogReadingTest {
    private static final String AGENT = "agt_00000000000a";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private final TowerFiles files = new TowerFiles(tower);

    private Path attach() throws IOException {
        Path folder = Files.createDirectories(tower.paths().logsDir().resolve("c"));
        Path log = Files.createFile(folder.resolve(AGENT + ".log"));
        new World(tower).agent(AGENT, BENCH, 0, "slave", true);
        String now = "2026-05-10T12:00:00.000000+00:00";
        tower.sql(
                "INSERT INTO log_attachments (attachment_id, agent_id, container_id, tmux_socket_path,"
                        + " tmux_session_name, tmux_window_index, tmux_pane_index, tmux_pane_id, log_path, status, source,"
                        + " pipe_pane_command, attached_at, last_status_at, created_at) VALUES ('lat_0123456789ab', '"
                        + AGENT + "', '" + BENCH + "', '/s', 'main', 0, 0, '%0', '" + log
                        + "', 'active', 'explicit', 'c', '" + now + "', '" + now + "', '" + now + "')",
                "INSERT INTO log_offsets (agent_id, log_path, created_at, updated_at) VALUES ('" + AGENT + "', '" + log
                        + "', '" + now + "', '" + now + "')");
        return log;
    }

    private void awaitOffset(long bytes) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ((Number) files.value("SELECT byte_offset FROM log_offsets")).longValue() == bytes);
    }

    @Test
    void every_line_is_read_once_although_the_daemon_is_killed() throws Exception {
        tower.start();
        Path log = attach();
        Random random = new Random(3);
        int lines = 0;
        for (int kill = 0; kill < 4; kill++) {
            for (int i = 0; i < 400; i++) {
                String line = (random.nextInt(3) == 0 ? "Error: " : "line ") + lines++ + "\n";
                Files.write(log, line.getBytes(UTF_8), APPEND);
            }
            int read = lines;
            if (kill % 2 == 0) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> ((Number) files.value("SELECT byte_offset FROM log_offsets")).longValue() > 0);
            }
            tower.kill();
            assertThat(read).isPositive();
            tower.start();
        }
        awaitOffset(Files.size(log));
        tower.stop();
        assertThat(((Number) files.value("SELECT SUM(debounce_collapsed_count) FROM events"
                                + " WHERE event_type IN ('activity', 'error')"))
                        .intValue())
                .isEqualTo(lines);
        assertThat(files.value("SELECT COUNT(*) FROM (SELECT excerpt FROM events WHERE event_type = 'error'"
                        + " GROUP BY excerpt HAVING COUNT(*) > 1)"))
                .isEqualTo(0);
        assertThat(files.value("SELECT COUNT(*) FROM activity_windows")).isEqualTo(0);
        List<String> told = files.auditLines();
        Set<String> distinct = told.stream()
                .map(line -> Answers.json(line).path("event_id").asText())
                .collect(Collectors.toSet());
        assertThat(told).hasSameSizeAs(distinct);
        assertThat(files.value("SELECT COUNT(*) FROM events")).isEqualTo(told.size());
    }

    @Test
    void a_line_becomes_an_event_at_once_and_its_secrets_stay_out_of_everything() throws Exception {
        tower.start();
        Path log = attach();
        // The folder is watched from the next whole cycle on.
        Files.write(log, "Error: first\n".getBytes(UTF_8), APPEND);
        awaitOffset(13);
        String key = "sk-" + "A1b2".repeat(8);
        JsonNode opened = Answers.result(tower.call("events.follow_open"));
        String session = opened.path("session_id").asText();
        Files.write(
                log,
                ("Error: \033[31m" + key.substring(0, 9) + "\033[0m" + key.substring(9) + "\n").getBytes(UTF_8),
                APPEND);
        JsonNode news =
                Answers.result(tower.call("events.follow_next", Map.of("session_id", session, "max_wait_seconds", 20)));
        assertThat(news.path("events").get(0).path("excerpt").asText()).isEqualTo("Error: <redacted:openai-key>");
        tower.stop();
        assertThat(String.join("\n", files.auditLines())).doesNotContain("A1b2A1b2");
        assertThat(tower.log()).doesNotContain("A1b2A1b2");
    }
}
