package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Answers.tree;
import static dev.agenttower.contract.wire.World.BENCH;
import static dev.agenttower.contract.wire.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentMethodsTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00";
    private static final String SLAVE = "agt_00000000000a";
    private static final String OTHER = "agt_00000000000b";
    private static final String NOBODY = "agt_ffffffffffff";
    private static final List<String> AGENT = List.of(
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
            "active");

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    @BeforeEach
    void begin() {
        files.forget();
        world.container(BENCH, "bench-acme", true).container("off", "bench-off", false);
        world.pane(BENCH, 0, true).pane(BENCH, 1, true).pane(BENCH, 2, false).pane("off", 3, true);
        world.agent(SLAVE, BENCH, 7, "slave", true);
    }

    private static JsonNode register(int pane, Map<String, ?> more) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("container_id", BENCH);
        params.put("pane_composite_key", key(BENCH, pane));
        params.putAll(more);
        return TOWER.call("register_agent", params);
    }

    private static Map<String, Object> mapped(String name, Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put(name, value);
        return map;
    }

    private void assertNothingWritten() {
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void a_pane_becomes_an_agent() {
        JsonNode agent = result(register(
                0,
                Map.of(
                        "role",
                        "slave",
                        "capability",
                        "codex",
                        "label",
                        "codex-01",
                        "project_path",
                        "/workspace/acme")));
        assertThat(keys(agent))
                .startsWith(AGENT.toArray(String[]::new))
                .hasSize(22)
                .endsWith("created_or_reactivated");
        assertThat(agent.path("agent_id").asText()).matches("agt_[0-9a-f]{12}");
        assertThat(agent.path("container_id").asText()).isEqualTo(BENCH);
        assertThat(agent.path("container_name").asText()).isEqualTo("bench-acme");
        assertThat(agent.path("container_user").asText()).isEqualTo("dev:1000");
        assertThat(agent.path("pane_pid")).isEqualTo(tree(40));
        assertThat(agent.path("cwd").asText()).isEqualTo("/workspace");
        assertThat(agent.path("label").asText()).isEqualTo("codex-01");
        assertThat(agent.path("project_path").asText()).isEqualTo("/workspace/acme");
        assertThat(agent.path("parent_agent_id").isNull()).isTrue();
        assertThat(agent.path("effective_permissions"))
                .isEqualTo(json("{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]}"));
        assertThat(agent.path("created_at").asText()).matches(TIME);
        assertThat(agent.path("last_registered_at")).isEqualTo(agent.path("created_at"));
        assertThat(agent.path("last_seen_at").isNull()).isTrue();
        assertThat(agent.path("active")).isEqualTo(tree(true));
        assertThat(agent.path("created_or_reactivated").asText()).isEqualTo("created");
        assertThat(files.row("SELECT role, capability, label, project_path, parent_agent_id, effective_permissions,"
                        + " last_seen_at, active FROM agents WHERE agent_id = '"
                        + agent.path("agent_id").asText() + "'"))
                .isEqualTo(Arrays.asList(
                        "slave",
                        "codex",
                        "codex-01",
                        "/workspace/acme",
                        null,
                        "{\"can_send\":false,\"can_receive\":true,\"can_send_to_roles\":[]}",
                        null,
                        1));
        assertRoleChange(agent.path("agent_id").asText(), null, "slave", false);
    }

    private void assertRoleChange(String agent, String prior, String current, boolean confirmed) {
        assertThat(files.audit()).last().satisfies(event -> {
            assertThat(keys(event)).containsExactly("ts", "type", "payload");
            assertThat(event.path("ts").asText()).matches(TIME);
            assertThat(event.path("type").asText()).isEqualTo("agent_role_change");
            JsonNode payload = event.path("payload");
            assertThat(keys(payload))
                    .containsExactly("agent_id", "prior_role", "new_role", "confirm_provided", "socket_peer_uid");
            assertThat(payload.path("agent_id").asText()).isEqualTo(agent);
            assertThat(payload.path("prior_role").textValue()).isEqualTo(prior);
            assertThat(payload.path("new_role").asText()).isEqualTo(current);
            assertThat(payload.path("confirm_provided")).isEqualTo(tree(confirmed));
            assertThat(payload.path("socket_peer_uid").isIntegralNumber()).isTrue();
        });
    }

    @Test
    void what_is_not_given_has_defaults_first_and_is_kept_later() {
        JsonNode first = result(register(0, Map.of()));
        assertThat(first.path("role").asText()).isEqualTo("unknown");
        assertThat(first.path("capability").asText()).isEqualTo("unknown");
        assertThat(first.path("label").asText()).isEmpty();
        assertThat(first.path("project_path").asText()).isEmpty();
        JsonNode second = result(register(0, Map.of("role", "shell", "label", "l", "project_path", "/p")));
        assertThat(second.path("created_or_reactivated").asText()).isEqualTo("updated");
        assertThat(second.path("agent_id")).isEqualTo(first.path("agent_id"));
        assertThat(second.path("created_at")).isEqualTo(first.path("created_at"));
        assertThat(second.path("last_registered_at").asText())
                .isGreaterThan(first.path("last_registered_at").asText());
        JsonNode third = result(register(0, Map.of("capability", "shell")));
        assertThat(third.path("role").asText()).isEqualTo("shell");
        assertThat(third.path("label").asText()).isEqualTo("l");
        assertThat(third.path("project_path").asText()).isEqualTo("/p");
        JsonNode fourth = result(register(0, Map.of("project_path", "", "label", "")));
        assertThat(fourth.path("project_path").asText()).isEmpty();
        assertThat(fourth.path("capability").asText()).isEqualTo("shell");
        assertThat(files.audit()).hasSize(2);
        assertRoleChange(first.path("agent_id").asText(), "unknown", "shell", false);
        TOWER.sql("UPDATE agents SET active = 0 WHERE agent_id = '"
                + first.path("agent_id").asText() + "'");
        JsonNode again = result(register(0, Map.of()));
        assertThat(again.path("created_or_reactivated").asText()).isEqualTo("reactivated");
        assertThat(again.path("active")).isEqualTo(tree(true));
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(2);
    }

    @Test
    void texts_are_made_one_line_and_indexes_may_be_text() {
        ObjectNode pane = tree(key(BENCH, 0)).deepCopy();
        pane.put("tmux_window_index", "0").put("tmux_pane_index", "0").put("extra", 1);
        JsonNode agent = result(TOWER.call(
                "register_agent",
                Map.of(
                        "container_id",
                        BENCH,
                        "pane_composite_key",
                        pane,
                        "label",
                        "a\tb\nc\u0001\u007fd",
                        "project_path",
                        "/a\tb")));
        assertThat(agent.path("label").asText()).isEqualTo("a b cd");
        assertThat(agent.path("project_path").asText()).isEqualTo("/ab");
        assertThat(result(register(1, Map.of("label", "\u0000".repeat(9) + "x".repeat(64))))
                        .path("label")
                        .asText())
                .isEqualTo("x".repeat(64));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "confirm | true | bad_request",
                "zeta | 1 | bad_request",
                "schema_version | \"8\" | bad_request",
                "schema_version | true | bad_request",
                "schema_version | null | bad_request",
                "schema_version | 7 | schema_version_newer",
                "container_id | 7 | bad_request",
                "container_id | null | bad_request",
                "container_id | \"\" | value_out_of_set",
                "container_id | \"other\" | value_out_of_set",
                "pane_composite_key | null | bad_request",
                "pane_composite_key | [] | bad_request",
                "pane_composite_key | {} | bad_request",
                "role | \"boss\" | value_out_of_set",
                "role | \"Slave\" | value_out_of_set",
                "role | null | value_out_of_set",
                "role | 3 | value_out_of_set",
                "capability | \"gpt\" | value_out_of_set",
                "capability | null | value_out_of_set",
                "label | null | value_out_of_set",
                "label | 3 | value_out_of_set",
                "label | \"agt_0123456789ab\" | value_out_of_set",
                "label | \"host-operator\" | value_out_of_set",
                "project_path | null | project_path_invalid",
                "project_path | 3 | project_path_invalid",
                "project_path | \"relative\" | project_path_invalid",
                "project_path | \"/a/../b\" | project_path_invalid",
                "project_path | \"/a\\u0000b\" | project_path_invalid",
                "project_path | \"\\u0001\" | project_path_invalid",
                "parent_agent_id | \"agt_00000000000A\" | value_out_of_set",
                "parent_agent_id | \"host-operator\" | value_out_of_set",
                "parent_agent_id | 3 | value_out_of_set",
                "role | \"master\" | master_via_register_self_rejected",
                "role | \"swarm\" | swarm_parent_required",
                "attach_log | 3 | bad_request",
                "attach_log | {} | log_path_not_host_visible",
                "attach_log | {\"log_path\":3} | bad_request"
            })
    void a_value_that_breaks_a_rule_is_refused_and_nothing_is_written(String field, String value, String code) {
        refusal(register(0, mapped(field, json(value))), code);
        assertNothingWritten();
    }

    @Test
    void long_values_are_refused_and_never_cut() {
        refusal(register(0, Map.of("label", "ü".repeat(65))), "field_too_long");
        refusal(register(0, Map.of("project_path", "/" + "p".repeat(4096))), "field_too_long");
        assertNothingWritten();
        result(register(0, Map.of("label", "😀".repeat(64), "project_path", "/" + "p".repeat(4095))));
    }

    @Test
    void unknown_parameters_are_all_named_in_order_and_before_the_schema() {
        Map<String, Object> more = Map.of("zeta", 1, "alpha", 2, "schema_version", 5);
        assertThat(refusal(register(0, more), "bad_request")).containsSubsequence("alpha", "zeta");
    }

    @Test
    void a_client_for_an_older_schema_is_told_both_versions() {
        for (String method : List.of("register_agent", "list_agents", "set_role", "set_label", "set_capability")) {
            assertThat(refusal(TOWER.call(method, Map.of("schema_version", 4)), "schema_version_newer"))
                    .contains("schema_version=8", "expected=4");
            refusal(TOWER.call(method, Map.of("schema_version", 7.5)), "bad_request");
        }
        result(TOWER.call("list_agents", Map.of("schema_version", 8)));
        result(TOWER.call("list_agents", Map.of("schema_version", 900)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "container_id",
                "tmux_socket_path",
                "tmux_session_name",
                "tmux_window_index",
                "tmux_pane_index",
                "tmux_pane_id"
            })
    void a_pane_is_named_by_all_six_parts(String part) {
        Map<String, Object> pane = key(BENCH, 0);
        pane.remove(part);
        refusal(register(0, Map.of("pane_composite_key", pane)), "bad_request");
    }

    @Test
    void an_index_that_is_no_integer_is_malformed() {
        for (Object wrong : new Object[] {"x", "", "1.5", List.of(), null}) {
            Map<String, Object> pane = key(BENCH, 0);
            pane.put("tmux_window_index", wrong);
            refusal(register(0, Map.of("pane_composite_key", pane)), "tmux_pane_malformed");
        }
    }

    /** Each request breaks the rule of its line and of all later lines; the first one decides. */
    @Test
    void rules_are_checked_in_a_fixed_order() {
        ObjectNode params = Answers.JSON.createObjectNode();
        params.put("zeta", 1).put("schema_version", 1).put("container_id", 3);
        params.put("role", "boss").put("capability", "gpt").put("label", "l".repeat(65));
        params.put("project_path", "x").put("parent_agent_id", "x");
        assertThat(refusal(call(params), "bad_request")).contains("zeta");
        params.remove("zeta");
        refusal(call(params), "schema_version_newer");
        params.remove("schema_version");
        assertThat(refusal(call(params), "bad_request")).contains("container_id");
        params.put("container_id", "");
        refusal(call(params), "value_out_of_set");
        params.put("container_id", BENCH);
        assertThat(refusal(call(params), "bad_request")).contains("pane_composite_key");
        params.set("pane_composite_key", tree(key("other", 0)).deepCopy());
        ((ObjectNode) params.path("pane_composite_key")).put("tmux_pane_index", "x");
        refusal(call(params), "tmux_pane_malformed");
        params.set("pane_composite_key", tree(key("other", 0)));
        assertThat(refusal(call(params), "value_out_of_set")).contains("container_id");
        params.set("pane_composite_key", tree(key(BENCH, 2)));
        assertThat(refusal(call(params), "value_out_of_set")).contains("role");
        params.put("role", "slave");
        assertThat(refusal(call(params), "value_out_of_set")).contains("capability");
        params.put("capability", "codex");
        refusal(call(params), "field_too_long");
        params.put("label", "l");
        refusal(call(params), "project_path_invalid");
        params.put("project_path", "/p");
        refusal(call(params), "value_out_of_set");
        params.put("parent_agent_id", NOBODY).put("role", "master");
        refusal(call(params), "master_via_register_self_rejected");
        params.put("role", "swarm").putNull("parent_agent_id");
        refusal(call(params), "swarm_parent_required");
        params.put("role", "slave").put("parent_agent_id", NOBODY);
        refusal(call(params), "parent_role_mismatch");
        params.put("role", "swarm");
        refusal(call(params), "pane_unknown_to_daemon");
        params.set("pane_composite_key", tree(key(BENCH, 0)));
        refusal(call(params), "parent_not_found");
        assertNothingWritten();
    }

    private static JsonNode call(ObjectNode params) {
        ObjectNode request = Answers.JSON.createObjectNode().put("method", "register_agent");
        request.set("params", params);
        return TOWER.exchange(request.toString());
    }

    @Test
    void only_an_active_pane_of_an_active_bench_can_be_registered() {
        refusal(register(2, Map.of()), "pane_unknown_to_daemon");
        refusal(register(9, Map.of()), "pane_unknown_to_daemon");
        refusal(
                TOWER.call("register_agent", Map.of("container_id", "off", "pane_composite_key", key("off", 3))),
                "pane_unknown_to_daemon");
        assertNothingWritten();
    }

    @Test
    void a_swarm_agent_belongs_to_an_active_slave() {
        world.agent(OTHER, BENCH, 8, "shell", true).agent("agt_00000000000c", BENCH, 9, "slave", false);
        refusal(register(0, Map.of("role", "swarm", "parent_agent_id", NOBODY)), "parent_not_found");
        refusal(register(0, Map.of("role", "swarm", "parent_agent_id", "agt_00000000000c")), "parent_inactive");
        refusal(register(0, Map.of("role", "swarm", "parent_agent_id", OTHER)), "parent_role_invalid");
        refusal(register(0, Map.of("parent_agent_id", SLAVE)), "parent_role_mismatch");
        JsonNode member = result(register(0, Map.of("role", "swarm", "parent_agent_id", SLAVE)));
        assertThat(member.path("parent_agent_id").asText()).isEqualTo(SLAVE);
        refusal(
                register(
                        1,
                        Map.of(
                                "role",
                                "swarm",
                                "parent_agent_id",
                                member.path("agent_id").asText())),
                "parent_role_invalid");
        refusal(register(0, Map.of("role", "swarm", "parent_agent_id", OTHER)), "parent_immutable");
        refusal(register(0, mapped("parent_agent_id", null)), "parent_immutable");
        refusal(register(0, Map.of("role", "shell")), "parent_role_mismatch");
        refusal(register(0, Map.of("role", "swarm")), "swarm_parent_required");
        TOWER.sql("UPDATE agents SET active = 0 WHERE agent_id = '" + SLAVE + "'");
        JsonNode again = result(register(0, Map.of("role", "swarm", "parent_agent_id", SLAVE, "label", "l")));
        assertThat(again.path("created_or_reactivated").asText()).isEqualTo("updated");
        assertThat(result(register(0, Map.of())).path("role").asText()).isEqualTo("swarm");
    }

    @Test
    void a_registered_master_stays_one_when_it_registers_without_a_role() {
        String id = result(register(0, Map.of())).path("agent_id").asText();
        result(TOWER.call("set_role", Map.of("agent_id", id, "role", "master", "confirm", true)));
        JsonNode again = result(register(0, Map.of()));
        assertThat(again.path("role").asText()).isEqualTo("master");
        assertThat(again.path("effective_permissions"))
                .isEqualTo(
                        json("{\"can_send\":true,\"can_receive\":false,\"can_send_to_roles\":[\"slave\",\"swarm\"]}"));
    }

    @Test
    void registrations_of_one_pane_at_once_make_one_agent() {
        List<String> kinds = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> result(register(0, Map.of("label", "l" + i)))
                        .path("created_or_reactivated")
                        .asText())
                .toList();
        assertThat(kinds).filteredOn("created"::equals).hasSize(1);
        assertThat(kinds).filteredOn("updated"::equals).hasSize(7);
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(2);
        assertThat(files.audit()).hasSize(1);
    }

    @Test
    void a_trail_that_cannot_be_written_does_not_undo_a_registration() throws IOException {
        Files.createFile(TOWER.paths().events());
        Files.setPosixFilePermissions(TOWER.paths().events(), PosixFilePermissions.fromString("rw-r--r--"));
        String id =
                result(register(0, Map.of("role", "shell"))).path("agent_id").asText();
        assertThat(TOWER.log())
                .contains("level=info\tevent=audit_append_failed\tmethod=register_agent\tagent_id=" + id
                        + "\tprior_role=null\tnew_role=shell\terror=");
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void agents_are_listed_in_order_with_what_is_stored() {
        world.container("b", "bench-b", true);
        world.agent("agt_000000000010", BENCH, 1, "slave", "codex", "z", true);
        world.agent("agt_000000000011", BENCH, 2, "swarm", "codex", "a", true);
        world.agent("agt_000000000012", BENCH, 3, "slave", "codex", "a", false);
        world.agent("a1", "c1", 0, "master", "shell", "agent", true);
        TOWER.sql("UPDATE agents SET parent_agent_id = '" + SLAVE + "', last_seen_at = '2026-05-05T00:00:00Z'"
                + " WHERE agent_id = 'agt_000000000011'");
        JsonNode listing = result(TOWER.call("list_agents"));
        assertThat(keys(listing)).containsExactly("filter", "agents");
        assertThat(listing.path("filter"))
                .isEqualTo(
                        json("{\"role\":null,\"container_id\":null,\"active_only\":false,\"parent_agent_id\":null}"));
        JsonNode agents = listing.path("agents");
        assertThat(each(agents, "agent_id"))
                .containsExactly(SLAVE, "agt_000000000010", "agt_000000000011", "a1", "agt_000000000012");
        List<String> listed = new ArrayList<>(AGENT);
        listed.addAll(List.of("state", "state_since", "state_detail", "state_evidence"));
        listed.addAll(List.of("governance_project", "governance_role", "governance_spec", "governance_session"));
        assertThat(keys(agents.path(0))).containsExactlyElementsOf(listed);
        assertThat(agents.path(1).path("pane_pid")).isEqualTo(tree(41));
        assertThat(agents.path(1).path("effective_permissions")).isEqualTo(tree(Map.of()));
        assertThat(agents.path(2).path("parent_agent_id").asText()).isEqualTo(SLAVE);
        assertThat(agents.path(2).path("last_seen_at").asText()).isEqualTo("2026-05-05T00:00:00Z");
        JsonNode lonely = agents.path(3);
        for (String unknown : List.of("container_name", "container_user", "pane_pid", "cwd", "last_seen_at")) {
            assertThat(lonely.path(unknown).isNull()).as(unknown).isTrue();
        }
    }

    @Test
    void a_listing_filters() {
        world.agent("agt_000000000010", BENCH, 1, "shell", false);
        world.agent("agt_000000000011", "abc", 2, "swarm", true);
        TOWER.sql("UPDATE agents SET parent_agent_id = '" + SLAVE + "' WHERE agent_id = 'agt_000000000011'");
        assertListed(Map.of("role", "slave"), SLAVE);
        assertListed(Map.of("role", List.of("slave", "shell")), SLAVE, "agt_000000000010");
        assertListed(Map.of("role", List.of()), SLAVE, "agt_000000000011", "agt_000000000010");
        assertListed(mapped("role", null), SLAVE, "agt_000000000011", "agt_000000000010");
        assertListed(Map.of("container_id", BENCH), SLAVE, "agt_000000000010");
        assertListed(Map.of("container_id", "a".repeat(12)), SLAVE, "agt_000000000010");
        assertListed(Map.of("container_id", "b".repeat(64)));
        assertListed(Map.of("active_only", true), SLAVE, "agt_000000000011");
        assertListed(Map.of("parent_agent_id", SLAVE), "agt_000000000011");
        assertListed(Map.of("parent_agent_id", SLAVE, "role", "slave"));
        assertThat(result(TOWER.call("list_agents", Map.of("role", "slave", "container_id", BENCH)))
                        .path("filter"))
                .isEqualTo(json("{\"role\":[\"slave\"],\"container_id\":\"" + BENCH
                        + "\",\"active_only\":false,\"parent_agent_id\":null}"));
    }

    private static void assertListed(Map<String, ?> filter, String... ids) {
        assertThat(each(result(TOWER.call("list_agents", filter)).path("agents"), "agent_id"))
                .containsExactly(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"label\":\"x\"} | unknown_filter",
                "{\"label\":\"x\",\"schema_version\":1} | schema_version_newer",
                "{\"label\":\"x\",\"role\":\"boss\"} | unknown_filter",
                "{\"role\":\"boss\"} | value_out_of_set",
                "{\"role\":[\"slave\",\"boss\"]} | value_out_of_set",
                "{\"role\":3} | value_out_of_set",
                "{\"role\":[\"slave\",3]} | value_out_of_set",
                "{\"container_id\":\"abc\"} | value_out_of_set",
                "{\"container_id\":\"AAAAAAAAAAAA\"} | value_out_of_set",
                "{\"container_id\":12} | value_out_of_set",
                "{\"active_only\":1} | value_out_of_set",
                "{\"active_only\":null} | value_out_of_set",
                "{\"parent_agent_id\":\"x\"} | value_out_of_set"
            })
    void a_filter_that_breaks_a_rule_is_refused(String params, String code) {
        refusal(TOWER.exchange("{\"method\":\"list_agents\",\"params\":" + params + "}"), code);
    }

    private static JsonNode change(String method, String params) {
        return TOWER.exchange("{\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    @Test
    void a_role_is_changed_and_told() {
        JsonNode change = result(change("set_role", "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"shell\"}"));
        assertThat(keys(change))
                .containsExactly(
                        "agent_id", "field", "prior_value", "new_value", "effective_permissions", "audit_appended");
        assertThat(change)
                .isEqualTo(json(("{'agent_id':'" + SLAVE + "','field':'role','prior_value':'slave','new_value':'shell',"
                                + "'effective_permissions':{'can_send':false,'can_receive':false,"
                                + "'can_send_to_roles':[]},'audit_appended':true}")
                        .replace('\'', '"')));
        assertRoleChange(SLAVE, "slave", "shell", false);
        JsonNode same =
                result(change("set_role", "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"shell\",\"confirm\":true}"));
        assertThat(same.path("audit_appended")).isEqualTo(tree(false));
        assertThat(files.audit()).hasSize(1);
        result(change("set_role", "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"unknown\",\"confirm\":true}"));
        assertRoleChange(SLAVE, "shell", "unknown", true);
    }

    @Test
    void a_role_that_stays_shows_the_permissions_that_are_stored() {
        JsonNode same = result(change("set_role", "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"slave\"}"));
        assertThat(same.path("effective_permissions")).isEqualTo(tree(Map.of()));
        assertThat(same.path("prior_value")).isEqualTo(same.path("new_value"));
        assertNothingWritten();
    }

    @Test
    void a_master_needs_a_confirmation_and_a_running_bench() {
        String master = "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"master\"%s}";
        refusal(change("set_role", master.formatted("")), "master_confirm_required");
        refusal(change("set_role", master.formatted(",\"confirm\":false")), "master_confirm_required");
        TOWER.sql("UPDATE containers SET active = 0");
        refusal(change("set_role", master.formatted(",\"confirm\":true")), "agent_inactive");
        result(change("set_role", "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"shell\"}"));
        TOWER.sql("UPDATE containers SET active = 1");
        JsonNode change = result(change("set_role", master.formatted(",\"confirm\":true")));
        assertThat(change.path("effective_permissions").path("can_send_to_roles"))
                .isEqualTo(tree(List.of("slave", "swarm")));
        assertRoleChange(SLAVE, "shell", "master", true);
        result(change("set_role", "{\"agent_id\":\"" + SLAVE + "\",\"role\":\"slave\"}"));
    }

    @Test
    void label_and_capability_are_changed_and_not_told() {
        JsonNode label = result(change("set_label", "{\"agent_id\":\"" + SLAVE + "\",\"label\":\"a\\tb\"}"));
        assertThat(keys(label)).containsExactly("agent_id", "field", "prior_value", "new_value", "audit_appended");
        assertThat(label.path("field").asText()).isEqualTo("label");
        assertThat(label.path("prior_value").asText()).isEqualTo(SLAVE);
        assertThat(label.path("new_value").asText()).isEqualTo("a b");
        assertThat(label.path("audit_appended")).isEqualTo(tree(false));
        JsonNode capability =
                result(change("set_capability", "{\"agent_id\":\"" + SLAVE + "\",\"capability\":\"claude\"}"));
        assertThat(keys(capability)).isEqualTo(keys(label));
        assertThat(capability.path("field").asText()).isEqualTo("capability");
        assertThat(capability.path("prior_value").asText()).isEqualTo("codex");
        assertThat(files.row("SELECT label, capability, role, last_registered_at FROM agents"))
                .containsExactly("a b", "claude", "slave", "2026-05-05T00:00:00.000000+00:00");
        assertThat(files.auditLines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set_role | {\"zeta\":1,\"schema_version\":1} | bad_request",
                "set_role | {\"schema_version\":1} | schema_version_newer",
                "set_role | {} | bad_request",
                "set_role | {\"agent_id\":3} | bad_request",
                "set_role | {\"agent_id\":\"a1\"} | value_out_of_set",
                "set_role | {\"agent_id\":\"host-operator\",\"role\":\"slave\"} | value_out_of_set",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\"} | bad_request",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\",\"role\":3} | bad_request",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\",\"role\":\"boss\",\"confirm\":1} | value_out_of_set",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\",\"role\":\"swarm\",\"confirm\":1} | bad_request",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\",\"role\":\"swarm\"} | swarm_role_via_set_role_rejected",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\",\"role\":\"master\"} | master_confirm_required",
                "set_role | {\"agent_id\":\"agt_ffffffffffff\",\"role\":\"slave\"} | agent_not_found",
                "set_role | {\"agent_id\":\"agt_00000000000b\",\"role\":\"slave\"} | agent_inactive",
                "set_label | {\"role\":\"slave\"} | bad_request",
                "set_label | {\"schema_version\":1} | schema_version_newer",
                "set_label | {} | bad_request",
                "set_label | {\"agent_id\":\"x\",\"label\":\"l\"} | value_out_of_set",
                "set_label | {\"agent_id\":\"agt_ffffffffffff\"} | bad_request",
                "set_label | {\"agent_id\":\"agt_ffffffffffff\",\"label\":null} | value_out_of_set",
                "set_label | {\"agent_id\":\"agt_ffffffffffff\",\"label\":\"host-operator\"} | value_out_of_set",
                "set_label | {\"agent_id\":\"agt_ffffffffffff\",\"label\":\"l\"} | agent_not_found",
                "set_label | {\"agent_id\":\"agt_00000000000b\",\"label\":\"l\"} | agent_inactive",
                "set_capability | {\"confirm\":true} | bad_request",
                "set_capability | {\"schema_version\":1} | schema_version_newer",
                "set_capability | {} | bad_request",
                "set_capability | {\"agent_id\":\"x\",\"capability\":\"codex\"} | value_out_of_set",
                "set_capability | {\"agent_id\":\"agt_ffffffffffff\"} | bad_request",
                "set_capability | {\"agent_id\":\"agt_ffffffffffff\",\"capability\":\"gpt\"} | value_out_of_set",
                "set_capability | {\"agent_id\":\"agt_ffffffffffff\",\"capability\":\"codex\"} | agent_not_found",
                "set_capability | {\"agent_id\":\"agt_00000000000b\",\"capability\":\"codex\"} | agent_inactive"
            })
    void a_change_that_breaks_a_rule_is_refused(String method, String params, String code) {
        world.agent(OTHER, BENCH, 8, "shell", false);
        refusal(change(method, params), code);
        assertThat(files.auditLines()).isEmpty();
        assertThat(files.value("SELECT COUNT(*) FROM agents WHERE label = agent_id AND capability = 'codex'"))
                .isEqualTo(2);
    }

    @Test
    void an_agent_is_named_by_its_label() {
        world.agent(OTHER, BENCH, 0, "slave", "codex", "api worker", true);
        for (String method : List.of("set_role", "set_label", "set_capability")) {
            JsonNode changed = result(change(
                    method,
                    "{\"agent_id\":\"api worker\",\"%s\":\"%s\"}"
                            .formatted(
                                    method.substring("set_".length()),
                                    method.equals("set_label") ? "api worker" : "shell")));
            assertThat(changed.path("agent_id").asText()).isEqualTo(OTHER);
        }
        TOWER.sql("UPDATE agents SET role = 'slave'");
        JsonNode member = result(register(1, Map.of("role", "swarm", "parent_agent_id", "api worker")));
        assertThat(member.path("parent_agent_id").asText()).isEqualTo(OTHER);
        JsonNode swarm = result(TOWER.call("list_agents", Map.of("parent_agent_id", "api worker")));
        assertThat(swarm.path("filter").path("parent_agent_id").asText()).isEqualTo(OTHER);
        assertThat(swarm.path("agents")).hasSize(1);
    }

    @Test
    void a_label_that_names_no_agent_or_several_is_refused() {
        world.agent(OTHER, BENCH, 8, "slave", "codex", "ended", false);
        assertThat(refusal(
                        change("set_capability", "{\"agent_id\":\"ended\",\"capability\":\"codex\"}"),
                        "value_out_of_set"))
                .contains("no active agent has it as its label");
        TOWER.sql("UPDATE agents SET active = 1, label = '" + SLAVE + "-twin' WHERE agent_id = '" + OTHER + "'");
        world.agent("agt_00000000000c", BENCH, 9, "slave", "codex", SLAVE + "-twin", true);
        assertThat(refusal(
                        change("set_capability", "{\"agent_id\":\"" + SLAVE + "-twin\",\"capability\":\"codex\"}"),
                        "value_out_of_set"))
                .contains(OTHER + ", agt_00000000000c; name one by its id");
    }

    @Test
    void no_two_active_agents_get_one_label() {
        TOWER.sql("UPDATE agents SET label = 'lead' WHERE agent_id = '" + SLAVE + "'");
        assertThat(refusal(register(0, Map.of("label", "lead")), "value_out_of_set"))
                .contains("is the label of the active agent " + SLAVE);
        assertNothingWritten();
        String made =
                result(register(0, Map.of("label", "mine"))).path("agent_id").asText();
        refusal(change("set_label", "{\"agent_id\":\"" + made + "\",\"label\":\"lead\"}"), "value_out_of_set");
        result(register(0, Map.of("label", "mine")));
        TOWER.sql("UPDATE agents SET active = 0 WHERE agent_id = '" + SLAVE + "'");
        result(change("set_label", "{\"agent_id\":\"" + made + "\",\"label\":\"lead\"}"));
    }

    @Test
    void a_long_label_is_refused() {
        refusal(
                change("set_label", "{\"agent_id\":\"" + NOBODY + "\",\"label\":\"" + "l".repeat(65) + "\"}"),
                "field_too_long");
    }
}
