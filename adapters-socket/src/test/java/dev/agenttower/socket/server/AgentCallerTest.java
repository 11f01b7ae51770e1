package dev.agenttower.socket.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent started is no person, whatever it says. */
final class AgentCallerTest {
    @TempDir
    private Path dir;

    private TowerFixture tower;

    @BeforeEach
    void open() throws IOException {
        tower = new TowerFixture(dir);
        tower.startedByAgent = true;
    }

    @AfterEach
    void close() {
        tower.close();
    }

    private static String code(JsonNode answer) {
        return answer.path("error").path("code").asText();
    }

    private static ObjectNode params(String json) throws IOException {
        return TowerFixture.params(json);
    }

    @Test
    void sends_and_decides_from_its_own_pane_only() throws IOException {
        ObjectNode prompt = params("{\"target\":\"agt_000000000001\",\"body_bytes\":\"eA==\",\"operator\":true}");
        assertThat(code(tower.call("queue.send_input", prompt))).isEqualTo("sender_not_in_pane");
        for (String decision : new String[] {"queue.approve", "queue.delay", "queue.cancel"}) {
            assertThat(code(tower.call(decision, params("{\"message_id\":\"m\"}"))))
                    .isEqualTo("bad_request");
        }
        tower.startedByAgent = false;
        assertThat(code(tower.call("queue.send_input", prompt))).isEqualTo("agent_not_found");
    }

    @Test
    void does_not_turn_the_kill_switch() throws IOException {
        assertThat(code(tower.call("routing.disable", params("{}")))).isEqualTo("routing_toggle_host_only");
        assertThat(tower.call("routing.status", params("{}"))
                        .path("result")
                        .path("value")
                        .asText())
                .isEqualTo("enabled");
        tower.startedByAgent = false;
        assertThat(tower.call("routing.disable", params("{}")).path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void makes_nobody_a_master() throws IOException {
        ObjectNode role = params("{\"agent_id\":\"agt_000000000001\",\"role\":\"master\",\"confirm\":true}");
        assertThat(code(tower.call("set_role", role))).isEqualTo("master_confirm_required");
        JsonNode answer =
                tower.app("app.agent.update", params("{\"agent_id\":\"agt_000000000001\",\"role\":\"master\"}"));
        assertThat(code(answer)).isEqualTo("validation_failed");
        assertThat(answer.toString()).contains("master_confirm_required");
        tower.startedByAgent = false;
        assertThat(code(tower.call("set_role", role))).isEqualTo("agent_not_found");
    }

    @Test
    void is_no_control_panel_that_sends_or_decides() throws IOException {
        JsonNode sent =
                tower.app("app.send_input", params("{\"target_agent_id\":\"agt_000000000001\",\"payload\":{}}"));
        assertThat(code(sent)).isEqualTo("permission_denied");
        assertThat(sent.path("error").path("details").path("reason").asText()).isEqualTo("feat009_permission_gate");
        assertThat(code(tower.app("app.queue.cancel", params("{\"message_id\":\"m\"}"))))
                .isEqualTo("permission_denied");
        assertThat(code(tower.app("app.queue.approve", params("{\"message_id\":\"m\"}"))))
                .isEqualTo("permission_denied");
        assertThat(code(tower.app("app.queue.delay", params("{\"message_id\":\"m\",\"delay_ms\":1}"))))
                .isEqualTo("permission_denied");
        assertThat(tower.app("app.dashboard", params("{}")).path("ok").asBoolean())
                .isTrue();
    }
}
