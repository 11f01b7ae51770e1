package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appRefusal;
import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.tree;
import static dev.agenttower.contract.wire.World.BENCH;
import static dev.agenttower.contract.wire.World.appPane;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adoption of a pane and changes of an agent by a control panel, on a tower whose engine never answers. */
final class AdoptionTest {
    private static final String SLAVE = "agt_00000000000a";
    private static final List<String> VIEW = List.of(
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
            "pane_active",
            "state",
            "state_since",
            "state_detail",
            "state_evidence",
            "governance_project",
            "governance_role",
            "governance_spec",
            "governance_session");

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private static String token = "";
    private static long session;

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script(
                        "AGENTTOWER_TEST_DOCKER_FAKE",
                        Scripts.failingEngine("list_running", "command_not_found", "no docker"))
                .start();
        JsonNode hello = appResult(TOWER.call("app.hello"));
        token = hello.path("app_session_token").asText();
        session = hello.path("app_session_id").asLong();
    }

    @BeforeEach
    void begin() {
        files.forget();
        world.container(BENCH, "py-bench", true).container("off", "bench-off", false);
        world.pane(BENCH, 42, true).pane(BENCH, 43, false).pane("off", 44, true).pane(BENCH, 7, true);
        world.agent(SLAVE, BENCH, 7, "slave", true);
    }

    private static JsonNode call(String method, Map<String, ?> params) {
        Map<String, Object> all = new HashMap<>(params);
        all.put("app_session_token", token);
        return TOWER.call(method, all);
    }

    private static JsonNode adopt(int pane, Map<String, ?> more) {
        Map<String, Object> params = appPane(BENCH, pane);
        params.putAll(more);
        return call("app.agent.register_from_pane", params);
    }

    private static JsonNode row(JsonNode answer) {
        JsonNode result = appResult(answer);
        assertThat(keys(result)).containsExactly("row");
        assertThat(keys(result.path("row"))).containsExactlyInAnyOrderElementsOf(VIEW);
        return result.path("row");
    }

    private void assertOneAgentAndNoTrace() {
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(1);
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void a_panel_finds_adopts_and_sees_a_pane() {
        JsonNode scan = appResult(call("app.scan.panes", Map.of()));
        assertThat(scan.path("state").asText()).isIn("completed", "failed");
        world.pane(BENCH, 45, true);
        assertThat(listed("%45").path("registered").asBoolean(true)).isFalse();
        JsonNode row = row(adopt(
                45, Map.of("role", "slave", "capability", "codex", "label", "  codex-01 ", "project_path", "/w")));
        assertThat(row.path("role").asText()).isEqualTo("slave");
        assertThat(row.path("role_priority")).isEqualTo(tree(2));
        assertThat(row.path("capability").asText()).isEqualTo("codex");
        assertThat(row.path("label").asText()).isEqualTo("codex-01");
        assertThat(row.path("project_path").asText()).isEqualTo("/w");
        assertThat(row.path("container_id").asText()).isEqualTo(BENCH);
        assertThat(row.path("pane_id").asText()).isEqualTo("%45");
        assertThat(row.path("log_attached")).isEqualTo(tree(false));
        assertThat(row.path("pane_active")).isEqualTo(tree(true));
        JsonNode pane = listed("%45");
        assertThat(pane.path("registered").asBoolean()).isTrue();
        assertThat(pane.path("agent_id")).isEqualTo(row.path("agent_id"));
        assertThat(row(call(
                        "app.agent.detail",
                        Map.of("agent_id", row.path("agent_id").asText()))))
                .isEqualTo(row);
    }

    private static JsonNode listed(String id) {
        for (JsonNode row : appResult(call("app.pane.list", Map.of())).path("rows")) {
            if (row.path("pane_id").asText().equals(id)) {
                return row;
            }
        }
        throw new AssertionError("no pane " + id);
    }

    @Test
    void an_adoption_is_written_twice_once_by_the_registry_and_once_by_the_panel() {
        String id = row(adopt(42, Map.of("role", "shell"))).path("agent_id").asText();
        assertThat(id).matches("agt_[0-9a-f]{12}");
        assertThat(files.audit()).hasSize(2);
        assertThat(files.audit().get(0).path("type").asText()).isEqualTo("agent_role_change");
        JsonNode event = files.audit().get(1);
        assertThat(keys(event))
                .containsExactly(
                        "ts",
                        "event_type",
                        "origin",
                        "app_session_id",
                        "agent_id",
                        "container_id",
                        "pane_id",
                        "role",
                        "via");
        assertThat(event.path("ts").asText()).matches(".*\\.\\d{6}\\+00:00");
        assertThat(event.path("event_type").asText()).isEqualTo("agent_registered");
        assertThat(event.path("origin").asText()).isEqualTo("app");
        assertThat(event.path("app_session_id").asLong()).isEqualTo(session);
        assertThat(event.path("agent_id").asText()).isEqualTo(id);
        assertThat(event.path("container_id").asText()).isEqualTo(BENCH);
        assertThat(event.path("pane_id").asText()).isEqualTo("%42");
        assertThat(event.path("role").asText()).isEqualTo("shell");
        assertThat(event.path("via").asText()).isEqualTo("app.agent.register_from_pane");
    }

    @Test
    void a_label_that_another_active_agent_has_is_refused_by_its_name() {
        String id = row(adopt(42, Map.of("role", "shell", "label", "api")))
                .path("agent_id")
                .asText();
        world.pane(BENCH, 45, true);
        JsonNode refused = adopt(45, Map.of("role", "shell", "label", "api"));
        assertInvalid(refused, "label", "value_out_of_set");
        assertThat(refused.path("error").path("message").asText())
                .startsWith("label \"api\" is the label of the active agent " + id);
    }

    @Test
    void adopting_again_changes_what_is_given_and_clears_the_label() {
        String id = row(adopt(42, Map.of("role", "shell", "capability", "shell", "label", "l")))
                .path("agent_id")
                .asText();
        JsonNode again = row(adopt(42, Map.of()));
        assertThat(again.path("agent_id").asText()).isEqualTo(id);
        assertThat(again.path("role").asText()).isEqualTo("shell");
        assertThat(again.path("capability").asText()).isEqualTo("shell");
        assertThat(again.path("label").asText()).isEmpty();
        assertThat(files.value("SELECT COUNT(*) FROM agents")).isEqualTo(2);
    }

    @Test
    void the_parts_of_a_pane_are_checked_one_after_the_other() {
        List<String> parts =
                List.of("container_id", "tmux_socket", "session_name", "window_index", "pane_index", "pane_id");
        Map<String, Object> params = new HashMap<>(Map.of("label", 7));
        for (String part : parts) {
            assertInvalid(call("app.agent.register_from_pane", params), part, "missing");
            params.put(part, null);
        }
        for (String part : List.of("container_id", "tmux_socket", "session_name", "pane_id")) {
            for (Object wrong : new Object[] {"", 7, List.of()}) {
                params.put(part, wrong);
                assertInvalid(call("app.agent.register_from_pane", params), part, "wrong type or empty");
            }
            params.put(part, appPane(BENCH, 42).get(part));
        }
        for (String part : List.of("window_index", "pane_index")) {
            for (Object wrong : new Object[] {"0", true, -1, 1.5}) {
                params.put(part, wrong);
                assertInvalid(call("app.agent.register_from_pane", params), part, "wrong type");
            }
            params.put(part, appPane(BENCH, 42).get(part));
        }
        assertInvalid(call("app.agent.register_from_pane", params), "label", "wrong type");
        assertOneAgentAndNoTrace();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label | 7 | label | wrong type",
                "label | \"a\\nb\" | label | embedded newline",
                "label | \"a\\rb\" | label | embedded newline",
                "parent_agent_id | 7 | parent_agent_id | wrong type",
                "role | \"master\" | role | master_via_register_self_rejected",
                "role | \"swarm\" | parent_agent_id | swarm_parent_required"
            })
    void a_value_that_breaks_a_rule_is_refused(String field, String value, String named, String reason) {
        assertInvalid(adopt(42, Map.of(field, json(value))), named, reason);
        assertOneAgentAndNoTrace();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role | \"boss\" | value_out_of_set",
                "capability | \"gpt\" | value_out_of_set",
                "project_path | \"relative\" | project_path_invalid",
                "project_path | \"/a/../b\" | project_path_invalid",
                "project_path | \"/a/..\" | project_path_invalid",
                "label | \"agt_0123456789ab\" | value_out_of_set",
                "label | \" host-operator \" | value_out_of_set"
            })
    void a_value_that_the_registry_refuses_is_named(String field, String value, String reason) {
        JsonNode details = appRefusal(adopt(42, Map.of(field, json(value))), "validation_failed");
        assertThat(keys(details)).containsExactlyInAnyOrder("field", "reason");
        assertThat(details.path("field").asText()).isIn(field, "params");
        assertThat(details.path("reason").asText()).isEqualTo(reason);
        assertOneAgentAndNoTrace();
    }

    @Test
    void a_label_is_trimmed_and_bounded_twice() {
        assertInvalid(adopt(42, Map.of("label", "x".repeat(257))), "label", "too long");
        JsonNode details = appRefusal(adopt(42, Map.of("label", "x".repeat(65))), "validation_failed");
        assertThat(details.path("reason").asText()).isEqualTo("field_too_long");
        assertOneAgentAndNoTrace();
        assertThat(row(adopt(42, Map.of("label", "\n " + "x".repeat(64) + " \r")))
                        .path("label")
                        .asText())
                .isEqualTo("x".repeat(64));
    }

    @ParameterizedTest
    @CsvSource({
        "pane_id, %99, pane_id",
        "container_id, other, container_id",
        "tmux_socket, /tmp/other, tmux_socket",
        "session_name, Main, session_name",
        "window_index, 1, window_index",
        "pane_index, 1, pane_index"
    })
    void a_part_that_differs_is_named(String part, String value, String mismatch) {
        Object wrong = part.endsWith("_index") ? Integer.valueOf(value) : value;
        String id = part.equals("pane_id") ? value : "%42";
        assertAppRefused(
                adopt(42, Map.of(part, wrong)), "pane_not_found", Map.of("pane_id", id, "mismatch_field", mismatch));
        assertOneAgentAndNoTrace();
    }

    @Test
    void of_several_parts_that_differ_the_first_is_named() {
        assertAppRefused(
                adopt(42, Map.of("pane_index", 1, "session_name", "x", "tmux_socket", "y")),
                "pane_not_found",
                Map.of("pane_id", "%42", "mismatch_field", "tmux_socket"));
    }

    @Test
    void a_pane_that_is_gone_cannot_be_adopted() {
        JsonNode details = appRefusal(adopt(43, Map.of()), "pane_not_found");
        assertThat(details.path("pane_id").asText()).isEqualTo("%43");
        assertOneAgentAndNoTrace();
    }

    @Test
    void a_log_is_not_attached_in_a_container_that_is_down() {
        Map<String, Object> params = appPane("off", 44);
        params.put("attach_log", true);
        assertAppRefused(
                call("app.agent.register_from_pane", params), "container_inactive", Map.of("container_id", "off"));
        assertOneAgentAndNoTrace();
    }

    @Test
    void a_parent_must_be_an_active_slave() {
        world.agent("agt_00000000000b", BENCH, 8, "slave", false).agent("agt_00000000000c", BENCH, 9, "shell", true);
        for (String parent : List.of("agt_ffffffffffff", "nope", "agt_00000000000b")) {
            assertAppRefused(
                    adopt(42, Map.of("role", "swarm", "parent_agent_id", parent)),
                    "agent_not_found",
                    Map.of("agent_id", parent));
            assertAppRefused(
                    adopt(42, Map.of("role", "boss", "parent_agent_id", parent)),
                    "agent_not_found",
                    Map.of("agent_id", parent));
        }
        assertInvalid(
                adopt(42, Map.of("role", "swarm", "parent_agent_id", "agt_00000000000c")),
                "parent_agent_id",
                "parent_role_invalid");
        assertInvalid(
                adopt(42, Map.of("role", "shell", "parent_agent_id", SLAVE)),
                "parent_agent_id",
                "parent_role_mismatch");
        assertThat(files.auditLines()).isEmpty();
        assertThat(row(adopt(42, Map.of("role", "swarm", "parent_agent_id", SLAVE)))
                        .path("parent_agent_id")
                        .asText())
                .isEqualTo(SLAVE);
        world.agent("agt_00000000000d", BENCH, 10, "slave", true);
        assertInvalid(
                adopt(42, Map.of("role", "swarm", "parent_agent_id", "agt_00000000000d")),
                "parent_agent_id",
                "parent_immutable");
        assertThat(row(adopt(42, Map.of("parent_agent_id", ""))).path("role").asText())
                .isEqualTo("swarm");
    }

    private static JsonNode update(Map<String, ?> changes) {
        Map<String, Object> params = new HashMap<>(Map.of("agent_id", SLAVE));
        params.putAll(changes);
        return call("app.agent.update", params);
    }

    private static Map<String, Object> cleared(String field) {
        Map<String, Object> map = new HashMap<>();
        map.put(field, null);
        return map;
    }

    @Test
    void all_fields_of_an_agent_change_together() {
        JsonNode row =
                row(update(Map.of("project_path", "/p", "label", " new ", "capability", "claude", "role", "master")));
        assertThat(row.path("role").asText()).isEqualTo("master");
        assertThat(row.path("role_priority")).isEqualTo(tree(1));
        assertThat(row.path("capability").asText()).isEqualTo("claude");
        assertThat(row.path("label").asText()).isEqualTo("new");
        assertThat(row.path("project_path").asText()).isEqualTo("/p");
        assertThat(files.row("SELECT role, capability, label, project_path, effective_permissions FROM agents"))
                .containsExactly(
                        "master",
                        "claude",
                        "new",
                        "/p",
                        "{\"can_send\":true,\"can_receive\":false,\"can_send_to_roles\":[\"slave\",\"swarm\"]}");
        assertThat(files.audit()).hasSize(2);
        assertThat(files.audit().get(0).path("payload").path("confirm_provided").asBoolean())
                .isTrue();
        JsonNode event = files.audit().get(1);
        assertThat(keys(event))
                .containsExactly("ts", "event_type", "origin", "app_session_id", "agent_id", "via", "fields");
        assertThat(event.path("event_type").asText()).isEqualTo("agent_updated");
        assertThat(event.path("via").asText()).isEqualTo("app.agent.update");
        assertThat(event.path("fields")).isEqualTo(tree(List.of("role", "capability", "label", "project_path")));
    }

    @Test
    void label_and_project_path_can_be_cleared() {
        row(update(Map.of("label", "l", "project_path", "/p")));
        JsonNode row = row(update(cleared("label")));
        assertThat(row.path("label").asText()).isEmpty();
        assertThat(row.path("project_path").asText()).isEqualTo("/p");
        assertThat(row(update(cleared("project_path"))).path("project_path").asText("?"))
                .isEmpty();
        row(update(Map.of("label", "l", "project_path", "/p")));
        row = row(update(Map.of("label", "", "project_path", "")));
        assertThat(row.path("label").asText("?")).isEmpty();
        assertThat(row.path("project_path").asText("?")).isEmpty();
    }

    @Test
    void without_a_change_the_agent_is_shown_and_nothing_written() {
        assertThat(row(update(Map.of())).path("agent_id").asText()).isEqualTo(SLAVE);
        assertThat(row(update(Map.of("unknown", 1))).path("agent_id").asText()).isEqualTo(SLAVE);
        assertAppRefused(
                update(Map.of("agent_id", "agt_ffffffffffff")),
                "agent_not_found",
                Map.of("agent_id", "agt_ffffffffffff"));
        assertOneAgentAndNoTrace();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role | null | wrong type",
                "role | 7 | wrong type",
                "role | \"\" | field is not clearable; provide a valid value from the role closed set",
                "role | \"boss\" | not in role closed set",
                "capability | null | wrong type",
                "capability | \"\" | field is not clearable; provide a non-empty value",
                "label | 7 | wrong type",
                "label | \"a\\nb\" | embedded newline",
                "label | \"a\\rb\" | embedded newline",
                "project_path | 7 | wrong type",
                "agent_id | null | missing or wrong type",
                "agent_id | \"\" | missing or wrong type",
                "agent_id | 7 | missing or wrong type"
            })
    void a_change_that_breaks_a_rule_is_refused(String field, String value, String reason) {
        Map<String, Object> change = new HashMap<>(Map.of("capability", "claude"));
        change.put(field, json(value));
        assertInvalid(update(change), field, reason);
        assertThat(files.value("SELECT capability FROM agents")).isEqualTo("codex");
        assertOneAgentAndNoTrace();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role | swarm | swarm_role_via_set_role_rejected",
                "capability | gpt | value_out_of_set",
                "label | agt_0123456789ab | value_out_of_set",
                "project_path | relative | project_path_invalid"
            })
    void a_change_that_the_registry_refuses_is_named_and_nothing_of_it_done(String field, String value, String reason) {
        Map<String, Object> change = new HashMap<>(Map.of("label", "changed"));
        change.put(field, value);
        JsonNode details = appRefusal(update(change), "validation_failed");
        assertThat(details.path("field").asText()).isIn(field, "params");
        assertThat(details.path("reason").asText()).isEqualTo(reason);
        assertThat(files.value("SELECT label FROM agents")).isEqualTo(SLAVE);
        assertOneAgentAndNoTrace();
    }

    @Test
    void an_agent_that_is_gone_cannot_be_changed() {
        TOWER.sql("UPDATE agents SET active = 0");
        for (String id : List.of(SLAVE, "nope")) {
            assertAppRefused(update(Map.of("agent_id", id, "label", "l")), "agent_not_found", Map.of("agent_id", id));
        }
        assertThat(files.auditLines()).isEmpty();
    }

    @Test
    void lines_that_cannot_be_written_are_written_later_and_undo_nothing() throws IOException {
        Files.createFile(TOWER.paths().events());
        Files.setPosixFilePermissions(TOWER.paths().events(), PosixFilePermissions.fromString("rw-r--r--"));
        row(adopt(42, Map.of("role", "shell")));
        row(update(Map.of("label", "l")));
        assertThat(files.auditLines()).isEmpty();
        assertThat(jsonl()).isEqualTo("degraded");
        Files.setPosixFilePermissions(TOWER.paths().events(), PosixFilePermissions.fromString("rw-------"));
        await().atMost(Duration.ofSeconds(20)).until(() -> jsonl().equals("ok"));
        assertThat(files.audit())
                .extracting(event -> event.path("event_type").asText())
                .containsSubsequence("agent_registered", "agent_updated");
    }

    private static String jsonl() {
        return appResult(call("app.readiness", Map.of()))
                .path("subsystems")
                .path(3)
                .path("status")
                .asText();
    }
}
