package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.DaemonProcess;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The production daemon, which judges by {@code /proc} where a caller is. */
final class HostGateTest {
    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.withoutEngine();

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    @Test
    void a_caller_beside_the_daemon_is_on_the_host_wherever_that_is() {
        appResult(TOWER.call("app.preflight"));
        appResult(TOWER.call("app.hello"));
        assertAppRefused(TOWER.call("app.readiness"), "app_session_required", Map.of());
        assertAppRefused(TOWER.call("app.foo.bar"), "unknown_method", Map.of());
    }

    @Test
    void the_older_methods_are_for_everybody() {
        assertThat(result(TOWER.call("ping"))).isEmpty();
        result(TOWER.call("status"));
        result(TOWER.call("list_containers"));
        result(TOWER.call("list_panes"));
        result(TOWER.call("list_agents"));
    }
}
