package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.tree;
import static dev.agenttower.contract.wire.Scripts.bench;
import static dev.agenttower.contract.wire.Scripts.engine;
import static dev.agenttower.contract.wire.Scripts.failingEngine;
import static dev.agenttower.contract.wire.Scripts.pane;
import static dev.agenttower.contract.wire.Scripts.tmux;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AppScanTest {
    private static final String DOCKER = "AGENTTOWER_TEST_DOCKER_FAKE";
    private static final String TMUX = "AGENTTOWER_TEST_TMUX_FAKE";

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private static String token = "";

    private final TowerFiles files = new TowerFiles(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script(DOCKER, "{}").script(TMUX, "{}").start();
        token = TOWER.hello();
    }

    @BeforeEach
    void begin() {
        files.forget();
        TOWER.script(DOCKER, engine("abc", "py-bench", "def", "redis")).script(TMUX, "{}");
    }

    private static JsonNode call(String method, Map<String, ?> params) {
        Map<String, Object> all = new HashMap<>(params);
        all.put("app_session_token", token);
        return TOWER.call(method, all);
    }

    private static JsonNode status(JsonNode scan) {
        JsonNode status = appResult(
                call("app.scan.status", Map.of("scan_id", scan.path("scan_id").asText())));
        assertThat(keys(status))
                .containsExactlyInAnyOrder("state", "scan_kind", "started_at", "completed_at", "result");
        return status;
    }

    @Test
    void a_scan_of_containers_is_awaited() {
        JsonNode scan = appResult(call("app.scan.containers", Map.of()));
        assertThat(keys(scan)).containsExactlyInAnyOrder("scan_id", "state", "result");
        assertThat(scan.path("scan_id").asText()).matches("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}");
        assertThat(scan.path("state").asText()).isEqualTo("completed");
        JsonNode result = scan.path("result");
        assertThat(keys(result))
                .containsExactlyInAnyOrder(
                        "scan_id",
                        "started_at",
                        "completed_at",
                        "status",
                        "matched_count",
                        "inactive_reconciled_count",
                        "ignored_count",
                        "error_code",
                        "error_message",
                        "error_details");
        assertThat(result.path("status").asText()).isEqualTo("ok");
        assertThat(result.path("matched_count").asInt()).isEqualTo(1);
        assertThat(result.path("ignored_count").asInt()).isEqualTo(1);
        assertThat(result.path("error_details")).isEqualTo(tree(List.of()));
        assertThat(result.path("scan_id").asText()).isEqualTo(files.value("SELECT scan_id FROM container_scans"));
        JsonNode status = status(scan);
        assertThat(status.path("state").asText()).isEqualTo("completed");
        assertThat(status.path("scan_kind").asText()).isEqualTo("containers");
        assertThat(status.path("started_at").isIntegralNumber()).isTrue();
        assertThat(status.path("completed_at").asLong())
                .isGreaterThanOrEqualTo(status.path("started_at").asLong());
        assertThat(status.path("result")).isEqualTo(result);
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void a_degraded_scan_is_completed() {
        TOWER.script(
                DOCKER,
                engine(
                        List.of(Scripts.running("A", "bench-a")),
                        List.of(),
                        Map.of("A", Map.of("code", "docker_timeout", "message", "no a"))));
        JsonNode result =
                appResult(call("app.scan.containers", Map.of("wait", true))).path("result");
        assertThat(result.path("status").asText()).isEqualTo("degraded");
        assertThat(result.path("error_code").asText()).isEqualTo("docker_timeout");
        assertThat(result.path("error_details"))
                .isEqualTo(json("[{\"container_id\":\"A\",\"code\":\"docker_timeout\",\"message\":\"no a\"}]"));
    }

    @Test
    void a_scan_of_panes_is_awaited() {
        appResult(call("app.scan.containers", Map.of()));
        TOWER.script(TMUX, tmux(Map.of("abc", bench(Map.of("default", List.of(pane(0), pane(1)))))));
        JsonNode scan = appResult(call("app.scan.panes", Map.of("wait", true)));
        assertThat(scan.path("state").asText()).isEqualTo("completed");
        JsonNode result = scan.path("result");
        assertThat(keys(result))
                .containsExactlyInAnyOrder(
                        "scan_id",
                        "started_at",
                        "completed_at",
                        "status",
                        "containers_scanned",
                        "sockets_scanned",
                        "panes_seen",
                        "panes_newly_active",
                        "panes_reconciled_inactive",
                        "containers_skipped_inactive",
                        "containers_tmux_unavailable",
                        "error_code",
                        "error_message",
                        "error_details");
        assertThat(result.path("panes_seen").asInt()).isEqualTo(2);
        assertThat(status(scan).path("scan_kind").asText()).isEqualTo("panes");
        assertThat(each(appResult(call("app.pane.list", Map.of())).path("rows"), "pane_id"))
                .containsExactly("%0", "%1");
    }

    @Test
    void a_scan_that_fails_is_told_by_its_state() {
        TOWER.script(DOCKER, failingEngine("list_running", "timeout", "secret of the engine"));
        JsonNode scan = appResult(call("app.scan.containers", Map.of()));
        assertThat(scan.path("state").asText()).isEqualTo("failed");
        assertThat(keys(scan.path("result"))).containsExactly("error");
        assertThat(scan.path("result").path("error").asText()).matches("[A-Za-z_]\\w*");
        assertThat(scan.toString()).doesNotContain("secret");
        JsonNode status = status(scan);
        assertThat(status.path("state").asText()).isEqualTo("failed");
        assertThat(status.path("result")).isEqualTo(scan.path("result"));
    }

    @Test
    void scans_of_one_kind_at_once_are_one_scan() {
        TOWER.script(DOCKER, "{\"list_running\":{\"delay_ms\":300}}");
        JsonNode first = appResult(call("app.scan.containers", Map.of("wait", false)));
        assertThat(keys(first)).containsExactlyInAnyOrder("scan_id", "state");
        assertThat(first.path("state").asText()).isEqualTo("running");
        JsonNode running = status(first);
        assertThat(running.path("state").asText()).isEqualTo("running");
        assertThat(running.path("completed_at").isNull()).isTrue();
        assertThat(running.path("result").isNull()).isTrue();
        assertThat(appResult(call("app.scan.containers", Map.of("wait", false))).path("scan_id"))
                .isEqualTo(first.path("scan_id"));
        assertThat(appResult(call("app.scan.panes", Map.of())).path("scan_id")).isNotEqualTo(first.path("scan_id"));
        JsonNode joined = appResult(call("app.scan.containers", Map.of()));
        assertThat(joined.path("scan_id")).isEqualTo(first.path("scan_id"));
        assertThat(joined.path("state").asText()).isEqualTo("completed");
        assertThat(files.value("SELECT COUNT(*) FROM container_scans")).isEqualTo(1);
        assertThat(appResult(call("app.scan.containers", Map.of())).path("scan_id"))
                .isNotEqualTo(first.path("scan_id"));
    }

    @Test
    void a_record_is_shared_by_all_sessions() {
        JsonNode scan = appResult(call("app.scan.panes", Map.of()));
        Map<String, Object> other = Map.of(
                "app_session_token",
                TOWER.hello(),
                "scan_id",
                scan.path("scan_id").asText());
        assertThat(appResult(TOWER.call("app.scan.status", other)).path("state").asText())
                .isEqualTo("completed");
    }

    @Test
    void the_oldest_of_more_than_a_hundred_records_is_forgotten() {
        String first =
                appResult(call("app.scan.panes", Map.of())).path("scan_id").asText();
        String last = "";
        for (int i = 0; i < 100; i++) {
            last = appResult(call("app.scan.panes", Map.of())).path("scan_id").asText();
        }
        assertAppRefused(call("app.scan.status", Map.of("scan_id", first)), "scan_not_found", Map.of("scan_id", first));
        appResult(call("app.scan.status", Map.of("scan_id", last)));
    }

    @Test
    void parameters_that_break_a_rule_are_refused() {
        for (String method : List.of("app.scan.containers", "app.scan.panes")) {
            for (Object wrong : new Object[] {"true", 1, List.of()}) {
                assertInvalid(call(method, Map.of("wait", wrong)), "wait", "wrong type");
            }
        }
        for (Object wrong : new Object[] {"", 7, List.of()}) {
            assertInvalid(call("app.scan.status", Map.of("scan_id", wrong)), "scan_id", "missing or wrong type");
        }
        assertInvalid(call("app.scan.status", Map.of()), "scan_id", "missing or wrong type");
        assertAppRefused(
                call("app.scan.status", Map.of("scan_id", "nope")), "scan_not_found", Map.of("scan_id", "nope"));
        assertThat(files.rows("SELECT 1 FROM container_scans")).isEmpty();
    }
}
