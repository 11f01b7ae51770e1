package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules of adoption, and the removal of agents, with the real daemon and a tmux of its own. */
@Tag("tmux")
final class RuleAdoptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SERVER = "server";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;

    @BeforeEach
    void start() throws IOException {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tower.init();
        Files.writeString(tower.paths().configFile(), """

                        [[adoption.rules]]
                        session = "work-*"
                        role = "slave"
                        capability = "claude"
                        label = "{session}.{pane}"
                        attach_log = true
                        """, StandardOpenOption.APPEND);
        tower.start();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    private void session(String name) {
        tmux.run(SERVER, "new-session", "-d", "-s", name, "-x", "200", "-y", "50", "sleep", "1000");
    }

    private Optional<JsonNode> agent(String label) {
        for (JsonNode agent : tower.call("list_agents").path("result").path("agents")) {
            if (agent.path("label").asText().equals(label)) {
                return Optional.of(agent);
            }
        }
        return Optional.empty();
    }

    private JsonNode awaitAgent(String label, boolean active) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> agent(label),
                        found -> found.filter(agent -> agent.path("active").asBoolean() == active)
                                .isPresent())
                .orElseThrow();
    }

    @Test
    void panes_that_fit_become_agents_come_back_and_are_forgotten() {
        session("private");
        session("work-api");
        JsonNode adopted = awaitAgent("work-api.0", true);
        assertThat(adopted.path("role").asText()).isEqualTo("slave");
        assertThat(adopted.path("capability").asText()).isEqualTo("claude");
        String id = adopted.path("agent_id").asText();
        JsonNode log = tower.call("attach_log_status", Map.of("agent_id", "work-api.0"));
        assertThat(log.path("result").path("attachment").path("status").asText())
                .isEqualTo("active");
        assertThat(tower.call("list_agents").path("result").path("agents")).hasSize(1);
        CommandResult refused = tower.run("agent", "forget", id);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("close its pane first");

        tmux.run(SERVER, "kill-server");
        awaitAgent("work-api.0", false);
        session("private");
        session("work-api");
        assertThat(awaitAgent("work-api.0", true).path("agent_id").asText()).isEqualTo(id);

        tmux.run(SERVER, "kill-server");
        awaitAgent("work-api.0", false);
        assertThat(tower.run("agent", "forget", "work-api.0").orThrow().outLines())
                .contains("agent_id=" + id, "canceled_messages=0");
        assertThat(agent("work-api.0")).isEmpty();
        session("private");
        session("work-api");
        assertThat(awaitAgent("work-api.0", true).path("agent_id").asText()).isNotEqualTo(id);
    }

    @Test
    void what_a_person_decided_stays() {
        session("work-api");
        String id = awaitAgent("work-api.0", true).path("agent_id").asText();
        assertThat(tower.run("set-role", "--target", "work-api.0", "--role", "shell")
                        .exitCode())
                .isZero();
        assertThat(tower.run("set-label", "--target", "work-api.0", "--label", "mine")
                        .exitCode())
                .isZero();
        session("work-two");
        awaitAgent("work-two.0", true);
        assertThat(agent("mine").orElseThrow().path("role").asText()).isEqualTo("shell");

        // The pane lives, and its agent does not: as if it had been gone for a moment.
        tower.sql("UPDATE agents SET active = 0 WHERE agent_id = '" + id + "'");
        tower.run("agent", "forget", id).orThrow();
        session("work-three");
        awaitAgent("work-three.0", true);
        assertThat(agent("work-api.0")).isEmpty();
        assertThat(agent("mine")).isEmpty();
    }

    @Test
    void all_free_panes_are_adopted_at_once() throws IOException {
        session("a");
        session("b");
        tmux.run(SERVER, "split-window", "-d", "-t", "b:0", "sleep", "1000");
        assertThat(tower.call("scan_panes").path("ok").asBoolean()).isTrue();
        JsonNode planned = rows("adopt", "--all", "--role", "shell", "--dry-run", "--json");
        assertThat(planned).hasSize(3);
        assertThat(tower.call("list_agents").path("result").path("agents")).isEmpty();
        JsonNode adopted = rows("adopt", "--all", "--role", "shell", "--json");
        assertThat(adopted)
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.path("role").asText()).isEqualTo("shell"));
        assertThat(adopted.findValuesAsText("label")).containsExactlyInAnyOrder("a", "b", "b-2");
        assertThat(rows("adopt", "--all", "--json")).isEmpty();
    }

    private JsonNode rows(String... command) throws IOException {
        return JSON.readTree(tower.run(command).orThrow().out()).path("result").path("rows");
    }
}
