package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.bench.PrivateTmux;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registration from the first tmux server after the start of the daemon, which no scan has seen. */
@Tag("tmux")
final class FirstServerTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tower.init();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    /** Starts a server whose first pane runs this, {@code %s} being the command line program, and gives what it printed. */
    private String printedByFirstPane(String command) throws IOException {
        Path printed = tower.home().resolve("printed");
        String launcher = Programs.REAL.launcher("agenttower").toString();
        tmux.run(
                "first",
                "new-session",
                "-d",
                "-s",
                "work",
                "HOME=" + tower.home() + " sh -c '" + command.formatted(launcher) + "' > " + printed + ".part 2>&1; mv "
                        + printed + ".part " + printed + "; sleep 1000");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(printed));
        return Files.readString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live = true", "live = false"})
    void registers_itself_and_is_no_human_from_then_on(String discovery) throws Exception {
        Files.writeString(tower.paths().configFile(), "[discovery]\n" + discovery + "\n");
        tower.start();
        GovernedFolder project = GovernedFolder.create(tower);
        String printed = printedByFirstPane("%s register-self --json && curl -s --unix-socket "
                + tower.paths().httpSocket() + " \"http://tower" + project.at("/api/governance/identity") + "\"");
        JsonNode[] answers = new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(printed)
                .readAll()
                .toArray(JsonNode[]::new);
        assertThat(answers).as(printed).hasSize(2);
        assertThat(answers[0].path("result").path("created_or_reactivated").asText())
                .isEqualTo("created");
        assertThat(answers[1].path("human")).as(printed).hasToString("false");
        assertThat(answers[1].path("human_reason").asText()).isEqualTo("agent_process");
    }

    @Test
    void registers_from_a_server_outside_of_the_folder_that_the_daemon_knows() throws Exception {
        tower.with("TMUX_TMPDIR", tower.home().toString()).start();
        GovernedFolder project = GovernedFolder.create(tower);
        String whoami = "curl -s --unix-socket " + tower.paths().httpSocket() + " \"http://tower"
                + project.at("/api/governance/identity") + "\"";
        String printed = printedByFirstPane("%s register-self >/dev/null && " + whoami);
        assertThat(printed).contains("\"human\":false", "agent_process");

        tower.stop();
        tower.start();
        tower.run("scan", "--panes").orThrow();
        assertThat(tower.run("list-agents", "--json").out()).contains("\"active\": true");
    }

    @Test
    void is_told_why_when_there_is_nothing_to_find() throws Exception {
        Files.writeString(tower.paths().configFile(), "[host]\nenabled = false\n");
        tower.start();
        assertThat(printedByFirstPane("%s register-self"))
                .contains("[host] enabled")
                .contains("host_context_unsupported")
                .doesNotContain("scan");
    }
}
