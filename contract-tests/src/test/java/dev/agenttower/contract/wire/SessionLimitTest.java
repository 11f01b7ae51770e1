package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
        tokens.forEach(token -> appResult(tower.call("app.readiness", Map.of("app_session_token", token))));
    }
}
