package dev.agenttower.socket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.bench.ContainerId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private String code(String method, String params) throws IOException {
        return error(method, params).path("code").asText();
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

    @Nested
    class Daemon {
        @Test
        void status_has_exactly_these_keys() throws IOException {
            JsonNode status = result("status", "{'ignored': 1}");

            assertThat(status.fieldNames())
                    .toIterable()
                    .containsExactly(
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
            assertThat(tower.call("app.preflight", null).path("result").toString())
                    .isEqualTo(
                            "{\"socket_reachable\":true,\"daemon_reachable\":false,\"code\":\"daemon_unavailable\"}");
        }
    }

    @Nested
    class Discovery {
        @Test
        void containers_are_listed_with_all_their_keys() throws IOException {
            tower.bench(TowerFixture.container('b'), "old", false);

            JsonNode all = result("list_containers", "{}");

            assertThat(all.path("filter").asText()).isEqualTo("all");
            assertThat(all.path("containers")).hasSize(2);
            assertThat(all.path("containers").path(0).fieldNames())
                    .toIterable()
                    .containsExactly(
                            "id",
                            "name",
                            "image",
                            "status",
                            "labels",
                            "mounts",
                            "active",
                            "first_seen_at",
                            "last_scanned_at",
                            "config_user",
                            "working_dir");
            JsonNode active = result("list_containers", "{'active_only': true}");
            assertThat(active.path("filter").asText()).isEqualTo("active_only");
            assertThat(active.path("containers")).hasSize(1);
        }

        @Test
        void panes_are_listed_with_all_their_keys() throws IOException {
            JsonNode all = result("list_panes", "{'container': 'py-bench'}");

            assertThat(all.path("container_filter").asText()).isEqualTo("py-bench");
            assertThat(all.path("panes").path(0).fieldNames())
                    .toIterable()
                    .containsExactly(
                            "container_id",
                            "container_name",
                            "container_user",
                            "tmux_socket_path",
                            "tmux_session_name",
                            "tmux_window_index",
                            "tmux_pane_index",
                            "tmux_pane_id",
                            "pane_pid",
                            "pane_tty",
                            "pane_current_command",
                            "pane_current_path",
                            "pane_title",
                            "pane_active",
                            "active",
                            "first_seen_at",
                            "last_scanned_at");
            assertThat(result("list_panes", "{'container': 'none', 'active_only': true}")
                            .toString())
                    .isEqualTo("{\"filter\":\"active_only\",\"container_filter\":\"none\",\"panes\":[]}");
            assertThat(result("list_panes", "{}").path("container_filter").isNull())
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "list_containers, {'active_only': null}, params.active_only must be a boolean",
                    "list_containers, {'active_only': 0}, params.active_only must be a boolean",
                    "list_panes, \"{'active_only': 'true', 'container': 7}\", params.active_only must be a boolean",
                    "list_panes, {'container': 7}, params.container must be a string or null",
                    "scan_panes, {'container': false}, params.container must be a string or null"
                })
        void parameters_of_the_wrong_type_are_refused(String method, String params, String message) throws IOException {
            JsonNode error = error(method, params);

            assertThat(error.path("code").asText()).isEqualTo("bad_request");
            assertThat(error.path("message").asText()).isEqualTo(message);
        }

        @Test
        void scans_answer_with_all_their_keys() throws IOException {
            assertThat(result("scan_containers", "{}").fieldNames())
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
            assertThat(result("scan_panes", "{'container': null}").fieldNames())
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
                            "panes_reconciled_to_inactive",
                            "containers_skipped_inactive",
                            "containers_tmux_unavailable",
                            "error_code",
                            "error_message",
                            "error_details");
        }

        @Test
        void a_store_in_trouble_is_an_internal_error_without_its_reason() throws IOException {
            tower.tables.failWith("disk I/O error at /secret/path");

            JsonNode error = error("list_panes", "{}");

            assertThat(error.toString())
                    .isEqualTo("{\"code\":\"internal_error\","
                            + "\"message\":\"internal error handling request; see daemon log\"}");
        }
    }

    @Nested
    class Registration {
        @Test
        void answers_with_the_flat_agent() throws IOException {
            JsonNode agent = result("register_agent", "{" + pane(1) + ", 'role': 'slave', 'attach_log': null}");

            assertThat(agent.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "agent_id",
                            "container_id",
                            "container_name",
                            "container_user",
                            "tmux_socket_path",
                            "tmux_session_name",
                            "tmux_window_index",
                            "tmux_pane_index",
                            "tmux_pane_id",
                            "pane_pid",
                            "cwd",
                            "role",
                            "capability",
                            "label",
                            "project_path",
                            "parent_agent_id",
                            "effective_permissions",
                            "created_at",
                            "last_registered_at",
                            "last_seen_at",
                            "active",
                            "created_or_reactivated");
            assertThat(agent.path("created_or_reactivated").asText()).isEqualTo("created");
            assertThat(agent.path("effective_permissions").toString())
                    .isEqualTo("{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]}");
            assertThat(result("register_agent", "{" + pane(1) + "}")
                            .path("created_or_reactivated")
                            .asText())
                    .isEqualTo("updated");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "{'zz': 1, 'confirm': true, 'schema_version': 'x'} | bad_request",
                    "{'schema_version': 'x'} | bad_request",
                    "{'schema_version': true} | bad_request",
                    "{'schema_version': null} | bad_request",
                    "{'schema_version': 4} | schema_version_newer",
                    "{'schema_version': 9} | bad_request",
                    "{} | bad_request",
                    "{'container_id': 7} | bad_request",
                    "{'container_id': ''} | value_out_of_set",
                    "{'container_id': 'c'} | bad_request",
                    "{'container_id': 'c', 'pane_composite_key': []} | bad_request",
                    "{'container_id': 'c', 'pane_composite_key': {}} | bad_request",
                })
        void shape_is_checked_in_order(String params, String code) throws IOException {
            assertThat(code("register_agent", params)).isEqualTo(code);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "'role': 'boss', 'capability': 'x' | value_out_of_set",
                    "'role': null | value_out_of_set",
                    "'capability': 'Claude' | value_out_of_set",
                    "'capability': null | value_out_of_set",
                    "'label': 7 | value_out_of_set",
                    "'label': '0123456789012345678901234567890123456789012345678901234567890123456789' | field_too_long",
                    "'project_path': 7 | project_path_invalid",
                    "'project_path': 'relative' | project_path_invalid",
                    "'project_path': '/a/../b' | project_path_invalid",
                    "'parent_agent_id': 7 | value_out_of_set",
                    "'parent_agent_id': 'host-operator' | value_out_of_set",
                    "'role': 'master' | master_via_register_self_rejected",
                    "'role': 'swarm' | swarm_parent_required",
                    "'role': 'slave', 'parent_agent_id': 'agt_0123456789ab' | parent_role_mismatch",
                    "'role': 'swarm', 'parent_agent_id': 'agt_0123456789ab' | parent_not_found",
                    "'attach_log': 7 | bad_request",
                    "'attach_log': {'log_path': 7} | bad_request",
                    "'attach_log': {} | bad_request",
                })
        void values_are_checked_and_nothing_is_written(String more, String code) throws IOException {
            assertThat(code("register_agent", "{" + pane(1) + ", " + more + "}"))
                    .isEqualTo(code);
            assertThat(tower.tables.agentRows()).isEmpty();
            assertThat(tower.audit.records()).isEmpty();
        }

        @Test
        void a_key_of_another_container_or_without_numbers_is_refused() throws IOException {
            String other = pane(1).replaceFirst(BENCH.value(), "c");
            assertThat(code("register_agent", "{" + other + "}")).isEqualTo("value_out_of_set");
            assertThat(code("register_agent", "{" + pane(1).replace("'1'", "'one'") + "}"))
                    .isEqualTo("tmux_pane_malformed");
            assertThat(code("register_agent", "{" + pane(1).replace("'1'", "null") + "}"))
                    .isEqualTo("tmux_pane_malformed");
            assertThat(code("register_agent", "{" + pane(9) + "}")).isEqualTo("pane_unknown_to_daemon");
        }

        @Test
        void unknown_parameters_are_all_named() throws IOException {
            assertThat(error("register_agent", "{'zz': 1, 'aa': 2}")
                            .path("message")
                            .asText())
                    .contains("aa, zz");
        }

        @Test
        void an_older_client_is_told_both_versions() throws IOException {
            assertThat(error("set_label", "{'schema_version': 4}")
                            .path("message")
                            .asText())
                    .contains("schema_version=8")
                    .contains("expected=4");
        }
    }

    @Nested
    class Changes {
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
        void other_changes_do_not() throws IOException {
            String id = register("");

            assertThat(result("set_label", "{'agent_id': '" + id + "', 'label': 'x'}")
                            .toString())
                    .isEqualTo(
                            "{\"agent_id\":\"" + id + "\",\"field\":\"label\",\"prior_value\":\"\",\"new_value\":\"x\","
                                    + "\"audit_appended\":false}");
            assertThat(result("set_capability", "{'agent_id': '" + id + "', 'capability': 'codex'}")
                            .path("new_value")
                            .asText())
                    .isEqualTo("codex");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "set_role | {'x': 1} | bad_request",
                    "set_role | {'schema_version': 1} | schema_version_newer",
                    "set_role | {} | bad_request",
                    "set_role | {'agent_id': 7} | bad_request",
                    "set_role | {'agent_id': 'nope'} | value_out_of_set",
                    "set_role | {'agent_id': 'agt_0123456789ab'} | bad_request",
                    "set_role | {'agent_id': 'agt_0123456789ab', 'role': 7} | bad_request",
                    "set_role | {'agent_id': 'agt_0123456789ab', 'role': 'boss', 'confirm': 7} | value_out_of_set",
                    "set_role | {'agent_id': 'agt_0123456789ab', 'role': 'swarm', 'confirm': 7} | bad_request",
                    "set_role | {'agent_id': 'agt_0123456789ab', 'role': 'swarm'} | swarm_role_via_set_role_rejected",
                    "set_role | {'agent_id': 'agt_0123456789ab', 'role': 'master'} | master_confirm_required",
                    "set_role | {'agent_id': 'agt_0123456789ab', 'role': 'slave'} | agent_not_found",
                    "set_label | {'agent_id': 'agt_0123456789ab'} | bad_request",
                    "set_label | {'agent_id': 'agt_0123456789ab', 'label': null} | value_out_of_set",
                    "set_label | {'agent_id': 'agt_0123456789ab', 'role': 'slave'} | bad_request",
                    "set_label | {'agent_id': 'agt_0123456789ab', 'label': 'x'} | agent_not_found",
                    "set_capability | {'agent_id': 'agt_0123456789ab'} | bad_request",
                    "set_capability | {'agent_id': 'agt_0123456789ab', 'capability': 'x'} | value_out_of_set",
                    "set_capability | {'agent_id': 'agt_0123456789ab', 'capability': 'codex'} | agent_not_found",
                })
        void parameters_are_checked_in_order(String method, String params, String code) throws IOException {
            assertThat(code(method, params)).isEqualTo(code);
        }
    }

    @Nested
    class Listing {
        @Test
        void repeats_its_filter() throws IOException {
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

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                delimiter = '|',
                value = {
                    "{'schema_version': 1, 'x': 1} | schema_version_newer",
                    "{'x': 1, 'role': 7} | unknown_filter",
                    "{'role': 7} | value_out_of_set",
                    "{'role': ['slave', 7]} | value_out_of_set",
                    "{'role': 'Slave'} | value_out_of_set",
                    "{'container_id': 'abc'} | value_out_of_set",
                    "{'container_id': 'AAAAAAAAAAAA'} | value_out_of_set",
                    "{'active_only': null} | value_out_of_set",
                    "{'parent_agent_id': 'x'} | value_out_of_set",
                })
        void filters_are_checked_in_order(String params, String code) throws IOException {
            assertThat(code("list_agents", params)).isEqualTo(code);
        }
    }
}
