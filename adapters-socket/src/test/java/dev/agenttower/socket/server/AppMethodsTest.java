package dev.agenttower.socket.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.bench.ContainerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private void assertInvalid(JsonNode error, String field, String reason) {
        assertThat(error.path("code").asText()).isEqualTo("validation_failed");
        assertThat(error.path("details").path("field").asText()).isEqualTo(field);
        assertThat(error.path("details").path("reason").asText()).isEqualTo(reason);
        assertThat(error.path("details")).hasSize(2);
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

    @Nested
    class Bootstrap {
        @Test
        void preflight_says_that_all_is_well() throws IOException {
            assertThat(tower.call("app.preflight", TowerFixture.params("{'x': 1}"))
                            .toString())
                    .isEqualTo("{\"ok\":true,\"app_contract_version\":\"1.1\",\"result\":"
                            + "{\"socket_reachable\":true,\"daemon_reachable\":true,\"code\":\"ok\"}}");
        }

        @Test
        void hello_opens_another_session_each_time() throws IOException {
            JsonNode first = tower.call("app.hello", null).path("result");
            JsonNode second = tower.call(
                            "app.hello", TowerFixture.params("{'client_app_contract_major': 1, 'client_id': null}"))
                    .path("result");

            assertThat(first.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "app_session_token",
                            "app_session_id",
                            "daemon_version",
                            "schema_version",
                            "app_contract_version",
                            "supported_minor_range",
                            "host_user_id",
                            "capability_flags",
                            "state");
            assertThat(first.path("supported_minor_range").toString()).isEqualTo("{\"min\":\"1.0\",\"max\":\"1.1\"}");
            assertThat(first.path("host_user_id").asText()).isEqualTo(Long.toString(TowerFixture.ownUid(dir)));
            assertThat(first.path("app_session_token").asText()).hasSize(36);
            assertThat(second.path("app_session_id").asInt())
                    .isEqualTo(first.path("app_session_id").asInt() + 1);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "{'client_id': 7, 'client_version': 7} | client_id | must be a string",
                    "{'client_version': 7, 'client_app_contract_major': 'x'} | client_version | must be a string",
                    "{'client_app_contract_major': 'x'} | client_app_contract_major | must be an integer",
                    "{'client_app_contract_major': true} | client_app_contract_major | must be an integer",
                    "{'client_app_contract_major': 1.0} | client_app_contract_major | must be an integer",
                    "{'client_app_contract_major': 0} | client_app_contract_major | must be >= 1",
                })
        void hello_checks_its_parameters_in_order(String params, String field, String reason) throws IOException {
            assertInvalid(tower.call("app.hello", TowerFixture.params(params)).path("error"), field, reason);
        }

        @Test
        void hello_bounds_what_the_client_says_of_itself() throws IOException {
            String tooLong = "x".repeat(129);
            assertInvalid(
                    tower.call("app.hello", TowerFixture.params("{'client_id': '" + tooLong + "'}"))
                            .path("error"),
                    "client_id",
                    "max length 128");
            assertInvalid(
                    tower.call("app.hello", TowerFixture.params("{'client_version': '" + tooLong + "'}"))
                            .path("error"),
                    "client_version",
                    "max length 64");
        }

        @Test
        void hello_refuses_another_major_version() throws IOException {
            JsonNode error = tower.call("app.hello", TowerFixture.params("{'client_app_contract_major': 2}"))
                    .path("error");

            assertThat(error.path("code").asText()).isEqualTo("app_contract_major_unsupported");
            assertThat(error.path("details").toString())
                    .isEqualTo("{\"daemon_app_contract_version\":\"1.1\",\"client_app_contract_major\":2}");
            assertThat(tower.call("app.hello", null)
                            .path("result")
                            .path("app_session_id")
                            .asInt())
                    .isEqualTo(1);
        }

        @Test
        void the_ninth_fresh_session_is_refused() throws IOException {
            for (int i = 0; i < 8; i++) {
                tower.call("app.hello", null);
            }

            assertInvalid(tower.call("app.hello", null).path("error"), "app.hello", "too_many_sessions");
        }
    }

    @Nested
    class Health {
        @Test
        void readiness_shows_six_subsystems() throws IOException {
            JsonNode readiness = tower.result("app.readiness", "{}");

            assertThat(readiness.fieldNames()).toIterable().containsExactly("state", "subsystems", "hints");
            assertThat(readiness.path("state").asText()).isEqualTo("ready");
            assertThat(readiness.path("subsystems")).hasSize(6);
            assertThat(readiness.path("subsystems").path(0).toString())
                    .isEqualTo("{\"name\":\"docker\",\"status\":\"ok\",\"reason\":\"\",\"hint\":null}");
            assertThat(readiness.path("hints").path(0).fieldNames())
                    .toIterable()
                    .containsExactly("code", "severity", "message");
        }

        @Test
        void the_dashboard_counts_everything() throws IOException {
            JsonNode dashboard = tower.result("app.dashboard", "{'recent_limit': null}");

            assertThat(dashboard.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "counts",
                            "recent",
                            "hints",
                            "recommended_next_action",
                            "recommended_next_action_refreshed_at");
            assertThat(dashboard.path("counts").toString())
                    .isEqualTo("{\"containers\":{\"active\":1,\"inactive\":0,\"degraded_scan\":0},"
                            + "\"panes\":{\"total\":1,\"registered\":0,\"unregistered\":1,\"by_state\":"
                            + "{\"discovered-and-unmanaged\":1,\"discovered-and-registered\":0,\"inactive-or-stale\":0,"
                            + "\"discovery-degraded\":0}},"
                            + "\"agents\":{\"total\":0,\"by_role\":{\"master\":0,\"slave\":0,\"swarm\":0,\"test-runner\":0,"
                            + "\"shell\":0,\"unknown\":0},\"by_state\":{\"active\":0,\"inactive\":0,"
                            + "\"partially_configured\":0,\"log-attached\":0,\"log-detached\":0}},"
                            + "\"log_attachments\":{\"active\":0,\"degraded\":0,\"none\":0},"
                            + "\"events\":{\"total\":0},"
                            + "\"queue\":{\"queued\":0,\"blocked\":0,\"failed\":0,\"delivered\":0,\"canceled\":0},"
                            + "\"routes\":{\"enabled\":0,\"disabled\":0,\"recently_skipped_count\":0,"
                            + "\"recently_skipped_window_ms\":300000}}");
            assertThat(dashboard.path("recent").toString()).isEqualTo("{\"events\":[],\"queue\":[],\"routes\":[]}");
            JsonNode next = dashboard.path("recommended_next_action");
            assertThat(next.fieldNames()).toIterable().containsExactly("code", "title", "detail", "target");
            assertThat(next.path("code").asText()).isEqualTo("unadopted_panes_present");
            assertThat(next.path("target").toString()).isEqualTo("{\"kind\":\"pane\",\"id\":\"%1\"}");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "'x' | must be an integer",
                    "true | must be an integer",
                    "0 | out of bounds [1,50]",
                    "51 | out of bounds [1,50]"
                })
        void the_dashboard_checks_its_limit(String limit, String reason) throws IOException {
            assertInvalid(tower.error("app.dashboard", "{'recent_limit': " + limit + "}"), "recent_limit", reason);
        }
    }

    @Nested
    class Lists {
        @Test
        void show_containers_panes_and_agents() throws IOException {
            String agent = adopted();

            JsonNode containers = tower.result("app.container.list", "{}");
            assertThat(containers.fieldNames())
                    .toIterable()
                    .containsExactly("rows", "total", "total_estimate", "cursor_next", "ordering");
            assertThat(containers.path("ordering").asText()).isEqualTo("name:asc");
            assertThat(containers.path("rows").path(0).toString())
                    .isEqualTo("{\"container_id\":\"" + BENCH
                            + "\",\"name\":\"py-bench\",\"state\":\"active\",\"image\":\"image\",\"first_seen_at\":\""
                            + TowerFixture.AT + "\",\"last_scanned_at\":\"" + TowerFixture.AT
                            + "\",\"pane_count\":1,\"registered_agent_count\":1}");
            JsonNode pane = tower.result("app.pane.list", "{}").path("rows").path(0);
            assertThat(pane.toString())
                    .isEqualTo("{\"pane_id\":\"%1\",\"container_id\":\"" + BENCH
                            + "\",\"container_name\":\"py-bench\",\"tmux_socket\":\"/tmp/tmux-1000/default\","
                            + "\"session_name\":\"main\",\"window_index\":0,\"pane_index\":1,\"registered\":true,"
                            + "\"agent_id\":\"" + agent + "\",\"discovered_at\":\"" + TowerFixture.AT
                            + "\",\"last_seen_at\":\"" + TowerFixture.AT + "\"}");
            JsonNode row = tower.result("app.agent.list", "{}").path("rows").path(0);
            assertThat(row.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "agent_id",
                            "role",
                            "role_priority",
                            "capability",
                            "label",
                            "project_path",
                            "parent_agent_id",
                            "container_id",
                            "pane_id",
                            "registered_at",
                            "log_attached",
                            "pane_active");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "container | {'limit': 'x', 'order_by': 7} | limit | must be an integer",
                    "container | {'limit': null} | limit | must be an integer",
                    "container | {'limit': true} | limit | must be an integer",
                    "container | {'limit': 0} | limit | out of bounds [1, 200]",
                    "container | {'limit': 201} | limit | out of bounds [1, 200]",
                    "container | {'limit': 99999999999} | limit | out of bounds [1, 200]",
                    "container | {'order_by': 7, 'filters': 7} | order_by | wrong type",
                    "container | {'order_by': ''} | order_by | wrong type",
                    "container | {'order_by': 'nope:up'} | order_by | unknown field",
                    "container | {'order_by': 'name:up'} | order_by | bad direction suffix",
                    "container | {'order_by': 'name:'} | order_by | bad direction suffix",
                    "container | {'filters': 7, 'cursor_next': 7} | filters | wrong type",
                    "container | {'filters': 'x'} | filters | wrong type",
                    "container | {'filters': [1]} | filters | wrong type",
                    "container | {'filters': {'state': '>x', 'nope': 1}} | nope | unknown filter",
                    "container | {'filters': {'state': 'a%'}} | state | operator syntax not supported",
                    "container | {'filters': {'state': 'x LIKE y'}} | state | operator syntax not supported",
                    "container | {'filters': {'state': 'likely'}} | state | unknown value",
                    "container | {'filters': {'state': 7}} | state | wrong type",
                    "pane | {'filters': {'registered': 'yes'}} | registered | wrong type",
                    "pane | {'filters': {'container_id': 7}} | container_id | wrong type",
                    "pane | {'order_by': 'name'} | order_by | unknown field",
                    "agent | {'filters': {'role': 7}} | role | wrong type",
                    "agent | {'filters': {'log_attached': 1}} | log_attached | wrong type",
                    "agent | {'filters': {'label': 'x'}} | label | unknown filter",
                    "agent | {'cursor_next': 7} | cursor_next | wrong type",
                    "agent | {'cursor_next': ''} | cursor_next | malformed",
                    "agent | {'cursor_next': '###'} | cursor_next | malformed",
                    "agent | {'cursor_next': 'AAAA'} | cursor_next | malformed",
                })
        void check_their_parameters_in_order(String list, String params, String field, String reason)
                throws IOException {
            assertInvalid(tower.error("app." + list + ".list", params), field, reason);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "{}", "[]", "''", "0", "false"})
        void take_anything_empty_for_no_filters(String filters) throws IOException {
            assertThat(tower.result("app.container.list", "{'filters': " + filters + ", 'cursor_next': null}")
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
        }

        @Test
        void a_state_that_no_container_is_in_shows_none() throws IOException {
            tower.bench(TowerFixture.container('b'), "old", false);

            assertThat(total("{'filters': {'state': 'degraded_scan'}}")).isZero();
            assertThat(total("{'filters': {'state': 'inactive'}}")).isOne();
            assertThat(total("{'filters': {'state': null}}")).isEqualTo(2);
        }

        private int total(String params) throws IOException {
            return tower.result("app.container.list", params).path("total").asInt();
        }

        @Test
        void values_that_look_like_operators_are_just_values_for_panes_and_agents() throws IOException {
            assertThat(tower.result("app.pane.list", "{'filters': {'container_id': 'a * b'}}")
                            .path("total")
                            .asInt())
                    .isZero();
            assertThat(tower.result("app.agent.list", "{'filters': {'role': '<boss>'}}")
                            .path("total")
                            .asInt())
                    .isZero();
        }

        @Test
        void pages_show_every_row_once() throws IOException {
            for (int i = 2; i <= 25; i++) {
                tower.pane(TowerFixture.key(BENCH, i), true);
            }
            Set<String> seen = new HashSet<>();
            String cursor = "null";
            int pages = 0;
            do {
                JsonNode page = tower.result(
                        "app.pane.list", "{'limit': 10, 'order_by': 'default:desc', 'cursor_next': " + cursor + "}");
                page.path("rows")
                        .forEach(row -> assertThat(seen.add(row.path("pane_id").asText()))
                                .isTrue());
                assertThat(page.path("total").asInt()).isEqualTo(25);
                cursor = page.path("cursor_next").toString();
                pages++;
            } while (!cursor.equals("null"));

            assertThat(pages).isEqualTo(3);
            assertThat(seen).hasSize(25);
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
        void a_cursor_is_bound_to_its_list_order_and_filters() throws IOException {
            tower.pane(TowerFixture.key(BENCH, 2), true);
            tower.bench(TowerFixture.container('b'), "other", true);
            String cursor = tower.result("app.pane.list", "{'limit': 1}")
                    .path("cursor_next")
                    .toString();

            assertInvalid(
                    tower.error("app.pane.list", "{'cursor_next': " + cursor + ", 'order_by': 'default:desc'}"),
                    "cursor_next",
                    "order_by changed mid-pagination");
            assertInvalid(
                    tower.error("app.pane.list", "{'cursor_next': " + cursor + ", 'filters': {'registered': false}}"),
                    "cursor_next",
                    "filters changed mid-pagination");
            assertInvalid(tower.error("app.agent.list", "{'cursor_next': " + cursor + "}"), "cursor_next", "malformed");
            assertInvalid(
                    tower.error("app.pane.list", "{'cursor_next': '" + "A".repeat(513) + "'}"),
                    "cursor_next",
                    "too long");
            assertThat(tower.result("app.pane.list", "{'cursor_next': " + cursor + ", 'order_by': 'default'}")
                            .path("rows"))
                    .hasSize(1);
        }
    }

    @Nested
    class Details {
        @Test
        void show_one_row() throws IOException {
            String agent = adopted();

            assertThat(row("app.container.detail", "{'container_id': '" + BENCH + "'}", "name"))
                    .isEqualTo("py-bench");
            assertThat(row("app.pane.detail", "{'pane_id': '%1'}", "agent_id")).isEqualTo(agent);
            assertThat(row("app.agent.detail", "{'agent_id': '" + agent + "'}", "label"))
                    .isEqualTo("one");
        }

        private String row(String method, String params, String field) throws IOException {
            JsonNode result = tower.result(method, params);
            assertThat(result.fieldNames()).toIterable().containsExactly("row");
            return result.path("row").path(field).asText();
        }

        @Test
        void panes_of_one_id_are_told_apart() throws IOException {
            ContainerId other = TowerFixture.container('b');
            tower.bench(other, "second", true);
            tower.pane(TowerFixture.key(other, 1), true);

            assertThat(row("app.pane.detail", "{'pane_id': '%1', 'container_id': '" + other + "'}", "container_id"))
                    .isEqualTo(other.value());
            assertThat(tower.error("app.pane.detail", "{'pane_id': '%1', 'tmux_socket': '/none'}")
                            .path("code")
                            .asText())
                    .isEqualTo("pane_not_found");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "app.container.detail | {'container_id': 'c'} | not_found | {}",
                    "app.pane.detail | {'pane_id': '%9'} | pane_not_found | {'pane_id':'%9'}",
                    "app.agent.detail | {'agent_id': 'nope'} | agent_not_found | {'agent_id':'nope'}",
                    "app.scan.status | {'scan_id': 'x'} | scan_not_found | {'scan_id':'x'}",
                    "app.agent.update | {'agent_id': 'nope'} | agent_not_found | {'agent_id':'nope'}",
                    "app.agent.update | {'agent_id': 'nope', 'label': 'x'} | agent_not_found | {'agent_id':'nope'}",
                    "app.container.detail | {} | validation_failed | {'field':'container_id','reason':'missing or wrong type'}",
                    "app.pane.detail | {'pane_id': ''} | validation_failed | {'field':'pane_id','reason':'missing or wrong type'}",
                    "app.agent.detail | {'agent_id': 7} | validation_failed | {'field':'agent_id','reason':'missing or wrong type'}",
                    "app.agent.update | {} | validation_failed | {'field':'agent_id','reason':'missing or wrong type'}",
                    "app.scan.status | {'scan_id': null} | validation_failed | {'field':'scan_id','reason':'missing or wrong type'}",
                })
        void say_what_is_missing(String method, String params, String code, String details) throws IOException {
            JsonNode error = tower.error(method, params);

            assertThat(error.path("code").asText()).isEqualTo(code);
            assertThat(error.path("details").toString()).isEqualTo(details.replace('\'', '"'));
        }
    }

    @Nested
    class Adoption {
        @Test
        void answers_with_the_agent_and_is_recorded() throws IOException {
            JsonNode row =
                    adopt(", 'role': 'slave', 'capability': 'codex', 'label': '  one ', 'project_path': '/work'");

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
        void again_changes_the_same_agent_and_clears_a_label_that_is_not_given() throws IOException {
            String id = adopted();

            JsonNode again = adopt("");

            assertThat(again.path("agent_id").asText()).isEqualTo(id);
            assertThat(again.path("label").asText()).isEmpty();
            assertThat(again.path("role").asText()).isEqualTo("slave");
        }

        @Test
        void asks_for_all_parts_before_it_looks_at_their_types() throws IOException {
            assertInvalid(tower.error("app.agent.register_from_pane", "{}"), "container_id", "missing");
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane",
                            "{" + identity(1).replace("'pane_id': '%1'", "'x': 1") + ", 'label': 7}"),
                    "pane_id",
                    "missing");
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane",
                            "{" + identity(1).replace("'main'", "''").replace(": 0", ": true") + "}"),
                    "session_name",
                    "wrong type or empty");
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane", "{" + identity(1).replace(": 0", ": true") + "}"),
                    "window_index",
                    "wrong type");
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane", "{" + identity(1).replace(": 0", ": -1") + "}"),
                    "window_index",
                    "wrong type");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "'label': 7 | label | wrong type",
                    "'label': 'a\\nb' | label | embedded newline",
                    "'parent_agent_id': 7 | parent_agent_id | wrong type",
                    "'role': 'boss' | role | value_out_of_set",
                    "'role': 'master' | role | master_via_register_self_rejected",
                    "'role': 'swarm' | parent_agent_id | swarm_parent_required",
                    "'capability': 'x' | capability | value_out_of_set",
                    "'project_path': 'x' | project_path | project_path_invalid",
                    "'project_path': '/a/..' | project_path | project_path_invalid",
                })
        void names_the_field_that_is_wrong(String more, String field, String reason) throws IOException {
            assertInvalid(
                    tower.error("app.agent.register_from_pane", "{" + identity(1) + ", " + more + "}"), field, reason);
            assertThat(tower.tables.agentRows()).isEmpty();
            assertThat(tower.appAudit.records()).isEmpty();
        }

        @Test
        void bounds_labels_twice() throws IOException {
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane",
                            "{" + identity(1) + ", 'label': '" + "x".repeat(257) + "'}"),
                    "label",
                    "too long");
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane", "{" + identity(1) + ", 'label': '" + "x".repeat(65) + "'}"),
                    "label",
                    "field_too_long");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "'%1' | '%2' | pane_id",
                    "'/tmp/tmux-1000/default' | '/tmp/other' | tmux_socket",
                    "'main' | 'MAIN' | session_name",
                    "'window_index': 0 | 'window_index': 1 | window_index",
                    "'pane_index': 1 | 'pane_index': 2 | pane_index",
                })
        void names_the_part_that_differs(String part, String other, String mismatch) throws IOException {
            JsonNode error = tower.error(
                    "app.agent.register_from_pane", "{" + identity(1).replace(part, other) + "}");

            assertThat(error.path("code").asText()).isEqualTo("pane_not_found");
            assertThat(error.path("details").path("mismatch_field").asText()).isEqualTo(mismatch);
            assertThat(error.path("details").path("pane_id").asText()).startsWith("%");
        }

        @Test
        void names_the_container_that_differs() throws IOException {
            JsonNode error = tower.error(
                    "app.agent.register_from_pane",
                    "{" + identity(1).replace(BENCH.value(), "b") + ", 'parent_agent_id': 'nope'}");

            assertThat(error.path("details").toString())
                    .isEqualTo("{\"pane_id\":\"%1\",\"mismatch_field\":\"container_id\"}");
        }

        @Test
        void a_pane_that_is_gone_is_not_found() throws IOException {
            tower.pane(TowerFixture.key(BENCH, 1), false);

            assertThat(tower.error("app.agent.register_from_pane", "{" + identity(1) + "}")
                            .path("details")
                            .toString())
                    .isEqualTo("{\"pane_id\":\"%1\",\"mismatch_field\":\"pane_id\"}");
        }

        @Test
        void a_log_needs_an_active_container() throws IOException {
            tower.bench(BENCH, "py-bench", false);

            JsonNode error = tower.error("app.agent.register_from_pane", "{" + identity(1) + ", 'attach_log': 1}");

            assertThat(error.path("code").asText()).isEqualTo("container_inactive");
            assertThat(error.path("details").toString()).isEqualTo("{\"container_id\":\"" + BENCH + "\"}");
        }

        @Test
        void a_parent_must_be_an_active_agent() throws IOException {
            JsonNode error = tower.error(
                    "app.agent.register_from_pane", "{" + identity(1) + ", 'parent_agent_id': 'nope', 'role': 'boss'}");

            assertThat(error.path("code").asText()).isEqualTo("agent_not_found");
            assertThat(error.path("details").toString()).isEqualTo("{\"agent_id\":\"nope\"}");
        }

        @Test
        void a_swarm_has_a_slave_as_its_parent() throws IOException {
            String slave = adopted();
            tower.pane(TowerFixture.key(BENCH, 2), true);

            JsonNode row = tower.result(
                            "app.agent.register_from_pane",
                            "{" + identity(2) + ", 'role': 'swarm', 'parent_agent_id': '" + slave + "'}")
                    .path("row");

            assertThat(row.path("parent_agent_id").asText()).isEqualTo(slave);
            assertInvalid(
                    tower.error(
                            "app.agent.register_from_pane",
                            "{" + identity(1) + ", 'role': 'swarm', 'parent_agent_id': '" + slave + "'}"),
                    "parent_agent_id",
                    "parent_immutable");
        }
    }

    @Nested
    class Updates {
        @Test
        void change_what_is_given_and_are_recorded() throws IOException {
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
        void without_a_change_just_show_the_agent() throws IOException {
            String id = adopted();

            assertThat(tower.result("app.agent.update", "{'agent_id': '" + id + "'}")
                            .path("row")
                            .path("label")
                            .asText())
                    .isEqualTo("one");
            assertThat(tower.appAudit.records()).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "'role': null | role | wrong type",
                    "'role': 7 | role | wrong type",
                    "'role': '' | role | field is not clearable; provide a valid value from the role closed set",
                    "'role': 'boss' | role | not in role closed set",
                    "'role': 'swarm' | role | swarm_role_via_set_role_rejected",
                    "'capability': null | capability | wrong type",
                    "'capability': '' | capability | field is not clearable; provide a non-empty value",
                    "'capability': 'x' | capability | value_out_of_set",
                    "'label': 7 | label | wrong type",
                    "'label': 'a\\rb' | label | embedded newline",
                    "'project_path': 7 | project_path | wrong type",
                    "'project_path': 'x' | project_path | project_path_invalid",
                })
        void name_the_field_that_is_wrong(String change, String field, String reason) throws IOException {
            String id = adopted();

            assertInvalid(tower.error("app.agent.update", "{'agent_id': '" + id + "', " + change + "}"), field, reason);
            assertThat(tower.appAudit.records()).hasSize(1);
        }
    }

    @Nested
    class Scans {
        @Test
        void are_waited_for_and_remembered() throws IOException {
            JsonNode scan = tower.result("app.scan.containers", "{}");

            assertThat(scan.fieldNames()).toIterable().containsExactly("scan_id", "state", "result");
            assertThat(scan.path("scan_id").asText()).matches("[0-9a-f]{32}");
            assertThat(scan.path("state").asText()).isEqualTo("completed");
            assertThat(scan.path("result").fieldNames())
                    .toIterable()
                    .containsExactly(
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
            JsonNode status = tower.result(
                    "app.scan.status", "{'scan_id': '" + scan.path("scan_id").asText() + "'}");
            assertThat(status.fieldNames())
                    .toIterable()
                    .containsExactly("state", "scan_kind", "started_at", "completed_at", "result");
            assertThat(status.path("scan_kind").asText()).isEqualTo("containers");
            assertThat(status.path("completed_at").isIntegralNumber()).isTrue();
        }

        @Test
        void of_panes_show_their_own_figures() throws IOException {
            assertThat(tower.result("app.scan.panes", "{'wait': true}")
                            .path("result")
                            .fieldNames())
                    .toIterable()
                    .containsExactly(
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
        }

        @Test
        void need_not_be_waited_for() throws IOException {
            JsonNode scan = tower.result("app.scan.panes", "{'wait': false}");

            assertThat(scan.fieldNames()).toIterable().containsExactly("scan_id", "state");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "null", "'true'"})
        void check_the_wish_to_wait(String wait) throws IOException {
            assertInvalid(tower.error("app.scan.panes", "{'wait': " + wait + "}"), "wait", "wrong type");
        }
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
