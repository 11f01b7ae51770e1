package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SessionLimitTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    @Test
    void a_ninth_session_is_refused_while_eight_are_fresh() {
        tower.start();
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            tokens.add(tower.hello());
        }
        assertThat(tokens).hasSize(8).doesNotContain("");
        assertInvalid(tower.call("app.hello"), "app.hello", "too_many_sessions");
        tokens.forEach(token -> appResult(readiness(token)));
    }

    @Test
    void a_script_that_says_hello_from_one_process_after_another_is_not_locked_out() throws InterruptedException {
        tower.start();
        for (int i = 0; i < 10; i++) {
            PanelProcess process = PanelProcess.start(tower);
            appResult(process.answer());
            process.end();
        }
    }

    @Test
    void a_place_becomes_free_when_one_of_eight_processes_ends() throws InterruptedException {
        tower.start();
        List<PanelProcess> panels =
                Stream.generate(() -> PanelProcess.start(tower)).limit(8).toList();
        List<String> tokens = new ArrayList<>();
        for (PanelProcess panel : panels) {
            tokens.add(appResult(panel.answer()).path("app_session_token").asText());
        }
        assertInvalid(tower.call("app.hello"), "app.hello", "too_many_sessions");

        panels.get(3).end();

        appResult(tower.call("app.hello"));
        assertAppRefused(readiness(tokens.remove(3)), "app_session_expired", Map.of());
        tokens.forEach(token -> appResult(readiness(token)));
    }

    private JsonNode readiness(String token) {
        return tower.call("app.readiness", Map.of("app_session_token", token));
    }
}
