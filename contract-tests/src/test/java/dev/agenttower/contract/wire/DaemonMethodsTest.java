package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appRefusal;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Answers.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DaemonMethodsTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    @BeforeEach
    void start() {
        tower.start();
    }

    @Test
    void ping_status_and_names_that_nobody_has() {
        assertThat(result(tower.call("ping"))).isEmpty();
        assertThat(result(tower.call("ping", Map.of("whatever", List.of(1, 2)))))
                .isEmpty();
        status(result(tower.call("status", Map.of("whatever", 1))));
        for (String unknown : List.of("frobnicate", "routing", "route.add", "Ping")) {
            assertThat(refusal(tower.call(unknown), "unknown_method")).contains(unknown);
        }
        for (String unknown :
                List.of("app.foo.bar", "app.dashboard.refresh", "app.unknown", "app.future_method", "app.")) {
            assertAppRefused(tower.call(unknown), "unknown_method", Map.of());
        }
        assertThat(tower.paths().events()).doesNotExist();
        assertThat(tower.call("app.hello").path("ok").asBoolean()).isTrue();
    }

    private void status(JsonNode status) {
        assertThat(keys(status))
                .containsExactlyInAnyOrder(
                        "alive",
                        "pid",
                        "start_time_utc",
                        "uptime_seconds",
                        "socket_path",
                        "state_path",
                        "schema_version",
                        "daemon_version",
                        "events_reader",
                        "events_persistence",
                        "routing",
                        "queue_audit");
        assertThat(status.path("alive")).isEqualTo(tree(true));
        assertThat(status.path("pid").isInt()).isTrue();
        assertThat(status.path("pid").asLong()).isEqualTo(tower.pid());
        assertThat(status.path("start_time_utc").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
        assertThat(status.path("uptime_seconds").isInt()).isTrue();
        assertThat(status.path("uptime_seconds").asInt()).isNotNegative();
        assertThat(status.path("socket_path").asText())
                .isEqualTo(tower.paths().socket().toString());
        assertThat(status.path("state_path").asText())
                .isEqualTo(tower.paths().stateDir().toString());
        assertThat(status.path("schema_version")).isEqualTo(tree(8));
        assertThat(status.path("daemon_version").asText()).isEqualTo("0.1.0");
        assertThat(keys(status.path("events_reader")))
                .containsExactlyInAnyOrder(
                        "running",
                        "last_cycle_started_at",
                        "last_cycle_duration_ms",
                        "active_attachments",
                        "attachments_in_failure");
        assertThat(status.path("events_reader").path("attachments_in_failure").isArray())
                .isTrue();
        assertThat(keys(status.path("events_persistence")))
                .containsExactlyInAnyOrder("degraded_sqlite", "degraded_jsonl");
        assertThat(status.path("events_persistence")).allMatch(JsonNode::isNull);
        JsonNode routing = status.path("routing");
        assertThat(keys(routing))
                .containsExactlyInAnyOrder(
                        "value",
                        "last_updated_at",
                        "last_updated_by",
                        "routes_total",
                        "routes_enabled",
                        "routes_disabled",
                        "last_routing_cycle_at",
                        "events_consumed_total",
                        "skips_by_reason",
                        "most_stalled_route",
                        "routing_worker_degraded",
                        "degraded_routing_audit_persistence");
        assertThat(routing.path("value").asText()).isEqualTo("enabled");
        assertThat(routing.path("last_updated_by").asText()).isEqualTo("(daemon-init)");
        assertThat(routing.path("routes_total")).isEqualTo(tree(0));
        assertThat(routing.path("skips_by_reason")).isEqualTo(tree(Map.of()));
        assertThat(status.path("queue_audit")).isEqualTo(tree(queueAudit()));
    }

    private static Map<String, Object> queueAudit() {
        Map<String, Object> audit = new HashMap<>();
        audit.put("degraded", false);
        audit.put("pending_rows", 0);
        audit.put("last_failure_exc_class", null);
        return audit;
    }

    @Test
    void status_tells_what_lies_in_the_database_about_routing() {
        tower.sql("UPDATE daemon_state SET value = 'disabled', last_updated_at = '2026-01-02T03:04:05.678Z',"
                + " last_updated_by = 'me' WHERE key = 'routing_enabled'");
        tower.sql(route("r1", 1), route("r2", 1), route("r3", 0));
        JsonNode routing = result(tower.call("status")).path("routing");
        assertThat(routing.path("value").asText()).isEqualTo("disabled");
        assertThat(routing.path("last_updated_at").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(routing.path("last_updated_by").asText()).isEqualTo("me");
        assertThat(routing.path("routes_total").asInt()).isEqualTo(3);
        assertThat(routing.path("routes_enabled").asInt()).isEqualTo(2);
        assertThat(routing.path("routes_disabled").asInt()).isEqualTo(1);
    }

    static String route(String id, int enabled) {
        return "INSERT INTO routes (route_id, event_type, source_scope_kind, target_rule, master_rule, template,"
                + " enabled, created_at, updated_at) VALUES ('" + id + "', 'completed', 'any', 'source', 'auto', 't', "
                + enabled + ", '2026-01-01T00:00:0" + id.charAt(1) + "Z', '2026-01-01T00:00:00Z')";
    }

    @Test
    void shutdown_is_answered_and_then_done() {
        ProcessHandle daemon = tower.handle();
        assertThat(result(tower.call("shutdown"))).isEqualTo(tree(Map.of("shutting_down", true)));
        DaemonProcess.awaitEnd(daemon);
        assertThat(tower.paths().socket()).doesNotExist();
        assertThat(tower.paths().pidFile()).doesNotExist();
    }

    @Test
    void sessions_end_with_the_daemon() {
        String token = tower.hello();
        tower.stop();
        tower.start();
        assertAppRefused(
                tower.call("app.readiness", Map.of("app_session_token", token)), "app_session_expired", Map.of());
        assertThat(appRefusal(tower.call("app.readiness"), "app_session_required"))
                .isEmpty();
    }
}
