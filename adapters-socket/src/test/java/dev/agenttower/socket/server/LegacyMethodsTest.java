package dev.agenttower.socket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round trip of each kind of method; what they refuse is tested against the running daemon. */
class LegacyMethodsTest {
    private static final ContainerId BENCH = TowerFixture.container('a');

    @TempDir
    Path dir;

    private TowerFixture tower;

    @BeforeEach
    void start() throws IOException {
        tower = new TowerFixture(dir);
        tower.bench(BENCH, "py-bench", true);
        tower.pane(TowerFixture.key(BENCH, 1), true);
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    private JsonNode result(String method, String params) throws IOException {
        JsonNode answer = tower.call(method, TowerFixture.params(params));
        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("result");
    }

    private JsonNode error(String method, String params) throws IOException {
        JsonNode answer = tower.call(method, TowerFixture.params(params));
        assertThat(answer.fieldNames()).toIterable().containsExactly("ok", "error");
        return answer.path("error");
    }

    private static String pane(int number) {
        return "'container_id': '" + BENCH + "', 'pane_composite_key': {'container_id': '" + BENCH
                + "', 'tmux_socket_path': '/tmp/tmux-1000/default', 'tmux_session_name': 'main', 'tmux_window_index': 0,"
                + " 'tmux_pane_index': '" + number + "', 'tmux_pane_id': '%" + number + "'}";
    }

    private String register(String more) throws IOException {
        return result("register_agent", "{" + pane(1) + more + "}")
                .path("agent_id")
                .asText();
    }

    @Test
    void status_tells_what_it_was_given() throws IOException {
        JsonNode status = result("status", "{'ignored': 1}");

        assertThat(status.path("start_time_utc").asText()).isEqualTo(TowerFixture.AT);
        assertThat(status.path("uptime_seconds").isIntegralNumber()).isTrue();
        assertThat(status.path("socket_path").asText()).isEqualTo(tower.socket.toString());
        assertThat(status.path("schema_version").asInt()).isEqualTo(8);
        assertThat(status.path("events_reader").toString())
                .isEqualTo("{\"running\":false,\"last_cycle_started_at\":null,\"last_cycle_duration_ms\":null,"
                        + "\"active_attachments\":0,\"attachments_in_failure\":[]}");
        assertThat(status.path("events_persistence").toString())
                .isEqualTo("{\"degraded_sqlite\":null,\"degraded_jsonl\":null}");
        assertThat(status.path("routing").toString())
                .isEqualTo("{\"value\":\"enabled\",\"last_updated_at\":\"" + TowerFixture.AT
                        + "\",\"last_updated_by\":null,\"routes_total\":3,\"routes_enabled\":2,\"routes_disabled\":1,"
                        + "\"last_routing_cycle_at\":null,\"events_consumed_total\":0,\"skips_by_reason\":{},"
                        + "\"most_stalled_route\":null,\"routing_worker_degraded\":false,"
                        + "\"degraded_routing_audit_persistence\":false}");
        assertThat(status.path("queue_audit").toString())
                .isEqualTo("{\"degraded\":false,\"pending_rows\":0,\"last_failure_exc_class\":null}");
    }

    @Test
    void shutdown_is_answered_before_it_is_carried_out_and_panels_learn_of_it() throws IOException {
        assertThat(result("shutdown", "{}").toString()).isEqualTo("{\"shutting_down\":true}");

        await().until(() -> tower.shutdowns.get() == 1);
        assertThat(tower.call("ping", null).path("error").path("code").asText()).isEqualTo("daemon_shutting_down");
        assertThat(tower.call("app.preflight", null).path("result").toString())
                .isEqualTo("{\"socket_reachable\":true,\"daemon_reachable\":false,\"code\":\"daemon_unavailable\"}");
    }

    @Test
    void containers_panes_and_scans_are_answered() throws IOException {
        assertThat(result("list_containers", "{}").path("containers")).hasSize(1);
        assertThat(result("list_panes", "{'container': 'py-bench'}").path("panes"))
                .hasSize(1);
        assertThat(result("scan_containers", "{}").path("status").asText()).isEqualTo("ok");
        assertThat(result("scan_panes", "{'container': null}").path("status").asText())
                .isEqualTo("ok");
    }

    @Test
    void a_store_in_trouble_is_an_internal_error_without_its_reason() throws IOException {
        tower.tables.failWith("disk I/O error at /secret/path");

        JsonNode error = error("list_panes", "{}");

        assertThat(error.toString())
                .isEqualTo("{\"code\":\"internal_error\","
                        + "\"message\":\"internal error handling request; see daemon log\"}");
    }

    @Test
    void a_registration_answers_with_the_agent() throws IOException {
        JsonNode agent = result("register_agent", "{" + pane(1) + ", 'role': 'slave', 'attach_log': null}");

        assertThat(agent.path("created_or_reactivated").asText()).isEqualTo("created");
        assertThat(agent.path("effective_permissions").toString())
                .isEqualTo("{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]}");
        assertThat(result("register_agent", "{" + pane(1) + "}")
                        .path("created_or_reactivated")
                        .asText())
                .isEqualTo("updated");
    }

    @Test
    void a_role_change_shows_what_the_role_permits() throws IOException {
        String id = register("");

        JsonNode change = result("set_role", "{'agent_id': '" + id + "', 'role': 'slave'}");

        assertThat(change.toString())
                .isEqualTo("{\"agent_id\":\"" + id
                        + "\",\"field\":\"role\",\"prior_value\":\"unknown\",\"new_value\":\"slave\","
                        + "\"effective_permissions\":{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]},"
                        + "\"audit_appended\":true}");
    }

    @Test
    void a_listing_repeats_its_filter() throws IOException {
        String id = register(", 'role': 'slave'");

        assertThat(result("list_agents", "{'role': 'slave', 'container_id': '" + "a".repeat(12) + "'}")
                        .path("filter")
                        .toString())
                .isEqualTo(
                        "{\"role\":[\"slave\"],\"container_id\":\"aaaaaaaaaaaa\",\"active_only\":false,\"parent_agent_id\":null}");
        assertThat(result("list_agents", "{'role': []}").path("filter").toString())
                .isEqualTo("{\"role\":null,\"container_id\":null,\"active_only\":false,\"parent_agent_id\":null}");
        assertThat(result("list_agents", "{'active_only': true}")
                        .path("agents")
                        .path(0)
                        .path("agent_id")
                        .asText())
                .isEqualTo(id);
        assertThat(result("list_agents", "{'role': ['master', 'swarm']}").path("agents"))
                .isEmpty();
    }
}
