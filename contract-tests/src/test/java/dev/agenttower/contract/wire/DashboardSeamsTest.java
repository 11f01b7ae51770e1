package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DashboardSeamsTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    @Test
    void a_slow_dashboard_is_reported_and_answered() {
        tower.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}")
                .with("AGENTTOWER_TEST_INJECT_LATENCY_MS", "600")
                .start();
        JsonNode dashboard = appResult(tower.call("app.dashboard", Map.of("app_session_token", tower.hello())));
        assertThat(dashboard.path("counts").size()).isEqualTo(7);
        await().atMost(Duration.ofSeconds(2))
                .until(() -> tower.log().contains("app_dashboard_latency_exceeded latency_ms="));
        assertThat(tower.log())
                .containsPattern("app_dashboard_latency_exceeded latency_ms=([6-9]\\d\\d|\\d{4,}) budget_ms=500")
                .containsPattern("level=warn\tevent=dashboard_test_latency_injected\tpid=\\d+\tinject_ms=600\tdetail=");
    }

    @Test
    void a_subsystem_that_is_forced_to_be_degraded_shows_on_the_dashboard_alone() {
        tower.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}")
                .with("AGENTTOWER_TEST_FORCE_DEGRADED_SUBSYSTEMS", " docker , nonsense")
                .start();
        assertThat(tower.log())
                .containsPattern("level=warn\tevent=dashboard_test_degraded_forced\tpid=\\d+\tforced_subsystems=");
        Map<String, Object> session = Map.of("app_session_token", tower.hello());
        for (int i = 0; i < 100; i++) {
            JsonNode action = appResult(tower.call("app.dashboard", session)).path("recommended_next_action");
            assertThat(action.path("code").asText()).isEqualTo("subsystem_degraded");
            assertThat(action.path("target").path("id").asText()).isEqualTo("docker");
        }
        JsonNode docker = appResult(tower.call("app.readiness", session))
                .path("subsystems")
                .path(0);
        assertThat(docker.path("reason").asText()).isNotEqualTo("test-only forced degraded");
        assertThat(tower.log()).doesNotContain("app_dashboard_latency_exceeded");
    }
}
