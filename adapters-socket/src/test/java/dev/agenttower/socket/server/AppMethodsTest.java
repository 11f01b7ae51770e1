package dev.agenttower.socket.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.container.ContainerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round trip of each kind of method; what they refuse is tested against the running daemon. */
class AppMethodsTest {
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

    private static String identity(int number) {
        return "'container_id': '" + BENCH + "', 'tmux_socket': '/tmp/tmux-1000/default', 'session_name': 'main', "
                + "'window_index': 0, 'pane_index': " + number + ", 'pane_id': '%" + number + "'";
    }

    private JsonNode adopt(String more) throws IOException {
        return tower.result("app.agent.register_from_pane", "{" + identity(1) + more + "}")
                .path("row");
    }

    private String adopted() throws IOException {
        return adopt(", 'role': 'slave', 'label': 'one'").path("agent_id").asText();
    }

    @Test
    void preflight_says_that_all_is_well() throws IOException {
        assertThat(tower.call("app.preflight", TowerFixture.params("{'x': 1}")).toString())
                .isEqualTo("{\"ok\":true,\"app_contract_version\":\"1.1\",\"result\":"
                        + "{\"socket_reachable\":true,\"daemon_reachable\":true,\"code\":\"ok\"}}");
    }

    @Test
    void a_refused_hello_opens_no_session() throws IOException {
        JsonNode refused = tower.call("app.hello", TowerFixture.params("{'client_app_contract_major': 2}"));

        assertThat(refused.path("ok").asBoolean(true)).isFalse();
        assertThat(tower.call("app.hello", null)
                        .path("result")
                        .path("app_session_id")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void readiness_and_dashboard_tell_of_the_tower() throws IOException {
        assertThat(tower.result("app.readiness", "{}").path("state").asText()).isEqualTo("ready");
        assertThat(tower.result("app.dashboard", "{'recent_limit': null}")
                        .path("recommended_next_action")
                        .path("target")
                        .toString())
                .isEqualTo("{\"kind\":\"pane\",\"id\":\"%1\"}");
    }

    @Test
    void lists_and_details_show_the_same_rows() throws IOException {
        String agent = adopted();

        assertThat(only("app.container.list").path("name").asText()).isEqualTo("py-bench");
        assertThat(only("app.pane.list").path("agent_id").asText()).isEqualTo(agent);
        assertThat(only("app.agent.list").path("label").asText()).isEqualTo("one");
        assertThat(row("app.container.detail", "{'container_id': '" + BENCH + "'}"))
                .isEqualTo(only("app.container.list"));
        assertThat(row("app.pane.detail", "{'pane_id': '%1'}")).isEqualTo(only("app.pane.list"));
        assertThat(row("app.agent.detail", "{'agent_id': '" + agent + "'}")).isEqualTo(only("app.agent.list"));
    }

    private JsonNode only(String list) throws IOException {
        JsonNode rows = tower.result(list, "{}").path("rows");
        assertThat(rows).hasSize(1);
        return rows.path(0);
    }

    private JsonNode row(String method, String params) throws IOException {
        return tower.result(method, params).path("row");
    }

    @Test
    void names_of_any_length_do_not_end_pages_early() throws IOException {
        for (char each = 'b'; each <= 'f'; each++) {
            tower.bench(TowerFixture.container(each), (each + "\u00e9").repeat(1_000), true);
        }
        int rows = 0;
        String cursor = "null";
        do {
            JsonNode page = tower.result("app.container.list", "{'limit': 1, 'cursor_next': " + cursor + "}");
            rows += page.path("rows").size();
            assertThat(page.path("cursor_next").asText()).hasSizeLessThanOrEqualTo(512);
            cursor = page.path("cursor_next").toString();
        } while (!cursor.equals("null"));

        assertThat(rows).isEqualTo(6);
    }

    @Test
    void an_adoption_answers_with_the_agent_and_is_recorded() throws IOException {
        JsonNode row = adopt(", 'role': 'slave', 'capability': 'codex', 'label': '  one ', 'project_path': '/work'");

        assertThat(row.path("role_priority").asInt()).isEqualTo(2);
        assertThat(row.path("capability").asText()).isEqualTo("codex");
        assertThat(row.path("label").asText()).isEqualTo("one");
        assertThat(row.path("project_path").asText()).isEqualTo("/work");
        assertThat(row.path("pane_active").asBoolean()).isTrue();
        assertThat(row.path("log_attached").asBoolean(true)).isFalse();
        assertThat(tower.appAudit.records())
                .extracting(AuditRecord::fields)
                .singleElement()
                .hasToString("{event_type=agent_registered, origin=app, app_session_id=1, agent_id="
                        + row.path("agent_id").asText() + ", container_id=" + BENCH
                        + ", pane_id=%1, role=slave, via=app.agent.register_from_pane}");
    }

    @Test
    void an_update_changes_what_is_given_and_is_recorded() throws IOException {
        String id = adopted();

        JsonNode row = tower.result(
                        "app.agent.update",
                        "{'agent_id': '" + id + "', 'project_path': '/w', 'label': null, 'role': 'master'}")
                .path("row");

        assertThat(row.path("role").asText()).isEqualTo("master");
        assertThat(row.path("label").asText()).isEmpty();
        assertThat(row.path("project_path").asText()).isEqualTo("/w");
        assertThat(row.path("capability").asText()).isEqualTo("unknown");
        List<AuditRecord> records = tower.appAudit.records();
        assertThat(records.get(records.size() - 1).fields())
                .hasToString("{event_type=agent_updated, origin=app, app_session_id=1, agent_id=" + id
                        + ", via=app.agent.update, fields=[role, label, project_path]}");
    }

    @Test
    void a_scan_is_waited_for_and_remembered() throws IOException {
        JsonNode scan = tower.result("app.scan.containers", "{}");

        assertThat(scan.path("state").asText()).isEqualTo("completed");
        JsonNode status = tower.result(
                "app.scan.status", "{'scan_id': '" + scan.path("scan_id").asText() + "'}");
        assertThat(status.path("scan_kind").asText()).isEqualTo("containers");
        assertThat(status.path("result")).isEqualTo(scan.path("result"));
    }

    @Test
    void a_store_in_trouble_is_an_internal_error_without_its_reason() throws IOException {
        tower.token();
        tower.tables.failWith("disk I/O error at /secret/path");

        JsonNode error = tower.error("app.pane.list", "{}");

        assertThat(error.path("code").asText()).isEqualTo("internal_error");
        assertThat(error.path("details").toString()).isEqualTo("{}");
        assertThat(error.toString()).doesNotContain("secret");
    }
}
