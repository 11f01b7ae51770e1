package dev.agenttower.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MethodTableTest {
    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}").script("AGENTTOWER_TEST_TMUX_FAKE", "{}");
        TOWER.start();
    }

    private static String code(String method) {
        return TOWER.call(method).path("error").path("code").asText("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping",
                "status",
                "scan_containers",
                "list_containers",
                "scan_panes",
                "list_panes",
                "register_agent",
                "list_agents",
                "set_role",
                "set_label",
                "set_capability"
            })
    void knows_the_older_methods(String method) {
        assertThat(code(method)).isIn("", "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.preflight", "app.hello"})
    void knows_the_methods_that_need_no_session(String method) {
        assertThat(code(method)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.readiness",
                "app.dashboard",
                "app.scan.containers",
                "app.scan.panes",
                "app.scan.status",
                "app.pane.list",
                "app.pane.detail",
                "app.agent.list",
                "app.agent.detail",
                "app.container.list",
                "app.container.detail",
                "app.queue.list",
                "app.queue.detail",
                "app.queue.approve",
                "app.queue.delay",
                "app.queue.cancel",
                "app.send_input",
                "app.agent.register_from_pane",
                "app.agent.update",
                "app.inbox.read"
            })
    void asks_for_a_session_before_it_looks_at_parameters(String method) {
        Answers.assertAppRefused(TOWER.call(method), "app_session_required", Map.of());
        for (Object token : new Object[] {"", 7, List.of("x"), true}) {
            JsonNode answer = TOWER.call(method, Map.of("app_session_token", token));
            Answers.assertAppRefused(answer, "app_session_required", Map.of());
        }
        JsonNode unknown = TOWER.call(method, Map.of("app_session_token", "00000000-0000-4000-8000-000000000000"));
        Answers.assertAppRefused(unknown, "app_session_expired", Map.of());
    }

    @Test
    void a_session_beside_the_parameters_is_none() {
        String request = "{\"method\":\"app.readiness\",\"app_session_token\":\"" + TOWER.hello() + "\"}";
        Answers.assertAppRefused(TOWER.exchange(request), "app_session_required", Map.of());
    }
}
