package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.World.BENCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes by the older methods, by those of the contract, and by commands. */
final class RouteMethodsTest {
    private static final String MASTER = "agt_00000000000a";
    private static final String SLAVE = "agt_00000000000b";
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private static String token = "";

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}")
                .script("AGENTTOWER_TEST_TMUX_FAKE", "{}")
                .start();
        token = TOWER.hello();
    }

    @BeforeEach
    void begin() {
        files.forget();
        world.container(BENCH, "bench-acme", true).pane(BENCH, 0, true).pane(BENCH, 1, true);
        world.agent(MASTER, BENCH, 0, "master", "codex", "lead", true);
        world.agent(SLAVE, BENCH, 1, "slave", "codex", "worker", true);
    }

    private static JsonNode app(String method, Map<String, ?> params) {
        Map<String, Object> all = new HashMap<>(params);
        all.put("app_session_token", token);
        return TOWER.call(method, all);
    }

    private static JsonNode result(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("result");
    }

    private static Map<String, Object> given(Object... pairs) {
        Map<String, Object> params = new HashMap<>();
        params.put("event_type", "completed");
        params.put("target_rule", "source");
        params.put("template", "done: {event_excerpt}");
        for (int i = 0; i < pairs.length; i += 2) {
            params.put((String) pairs[i], pairs[i + 1]);
        }
        return params;
    }

    private static String added(Object... pairs) {
        return result(TOWER.call("routes.add", given(pairs))).path("route_id").asText();
    }

    private List<JsonNode> audit(String type) {
        return files.audit().stream()
                .filter(line -> line.path("event_type").asText().equals(type))
                .toList();
    }

    @Test
    void a_route_is_added_shown_switched_and_removed() {
        assertThat(TOWER.call("routes.list")).isEqualTo(json("{\"ok\":true,\"result\":{\"routes\":[]}}"));
        world.event("activity", SLAVE);
        JsonNode route = result(TOWER.call("routes.add", given()));
        assertThat(keys(route))
                .containsExactly(
                        "route_id",
                        "event_type",
                        "source_scope",
                        "target_rule",
                        "target_value",
                        "master_rule",
                        "master_value",
                        "template",
                        "enabled",
                        "last_consumed_event_id",
                        "created_at",
                        "updated_at",
                        "created_by_agent_id");
        String id = route.path("route_id").asText();
        assertThat(id).matches(UUID);
        assertThat(route.path("source_scope")).isEqualTo(json("{\"kind\":\"any\",\"value\":null}"));
        assertThat(route.path("last_consumed_event_id").asLong())
                .isEqualTo(((Number) files.value("SELECT MAX(event_id) FROM events")).longValue());
        assertThat(route.path("created_by_agent_id").asText()).isEqualTo("host-operator");
        JsonNode shown = result(TOWER.call("routes.show", Map.of("route_id", id)));
        assertThat(keys(shown.path("runtime")))
                .containsExactly("last_routing_cycle_at", "events_consumed", "last_skip_reason", "last_skip_at");
        for (int i = 0; i < 2; i++) {
            assertThat(keys(result(TOWER.call("routes.disable", Map.of("route_id", id)))))
                    .containsExactly("route_id", "operation", "at");
        }
        assertThat(result(TOWER.call("routes.list", Map.of("enabled_only", 1))).path("routes"))
                .isEmpty();
        assertThat(result(TOWER.call("routes.list")).path("routes")).hasSize(1);
        assertThat(result(TOWER.call("routes.enable", Map.of("route_id", id)))
                        .path("operation")
                        .asText())
                .isEqualTo("enabled");
        assertThat(result(TOWER.call("routes.remove", Map.of("route_id", id)))
                        .path("operation")
                        .asText())
                .isEqualTo("removed");
        assertThat(keys(audit("route_created").get(0)))
                .containsExactly(
                        "ts",
                        "event_type",
                        "emitted_at",
                        "route_id",
                        "event_type_subscribed",
                        "source_scope_kind",
                        "source_scope_value",
                        "target_rule",
                        "target_value",
                        "master_rule",
                        "master_value",
                        "template",
                        "created_by_agent_id",
                        "cursor_at_creation");
        assertThat(audit("route_updated"))
                .extracting(line -> line.path("change").toString())
                .containsExactly("{\"enabled\":false}", "{\"enabled\":true}");
        assertThat(audit("route_deleted").get(0).path("deleted_by_agent_id").asText())
                .isEqualTo("host-operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes.show", "routes.remove", "routes.enable", "routes.disable"})
    void an_unknown_route_is_refused(String method) {
        for (Object id : new Object[] {"no-such-route", "", 7}) {
            JsonNode answer = TOWER.call(method, Map.of("route_id", id));
            assertThat(answer.path("error").path("code").asText()).isEqualTo("route_id_not_found");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "event_type, queue_message_enqueued, route_event_type_invalid",
        "master_rule, never, route_master_rule_invalid",
        "target_rule, nobody, route_target_rule_invalid",
        "source_scope_kind, all, route_source_scope_invalid",
        "template, {foo}, route_template_invalid"
    })
    void a_definition_that_breaks_a_rule_is_refused(String field, String value, String code) {
        JsonNode answer = TOWER.call("routes.add", given(field, value));
        assertThat(answer.path("error").path("code").asText()).isEqualTo(code);
        assertThat(TOWER.call("routes.add", given(field, List.of(1)))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo(code);
        assertThat(files.value("SELECT COUNT(*) FROM routes")).isEqualTo(0);
    }

    @Test
    void an_event_becomes_a_message_of_the_master() {
        String id = added("target_rule", "role", "target_value", "role:slave");
        world.event("completed", SLAVE);
        await().until(() -> "delivered"
                .equals(files.rows("SELECT state FROM message_queue").stream()
                        .map(row -> row.get(0))
                        .findFirst()
                        .orElse(null)));
        JsonNode row = result(TOWER.call("queue.list", Map.of("origin", "route")))
                .path("rows")
                .path(0);
        assertThat(row.path("route_id").asText()).isEqualTo(id);
        assertThat(row.path("sender").path("agent_id").asText()).isEqualTo(MASTER);
        assertThat(result(TOWER.call("queue.list", Map.of("origin", "direct"))).path("rows"))
                .isEmpty();
        await().until(() -> !audit("route_matched").isEmpty());
        JsonNode routing = result(TOWER.call("status")).path("routing");
        assertThat(routing.path("routes_total").asInt()).isEqualTo(1);
        assertThat(routing.path("events_consumed_total").asInt()).isPositive();
        assertThat(routing.path("last_routing_cycle_at").asText()).endsWith("Z");
        assertThat(routing.path("routing_worker_degraded").asBoolean()).isFalse();
        assertThat(routing.path("degraded_routing_audit_persistence").asBoolean())
                .isFalse();
    }

    @Test
    void a_skip_is_counted_everywhere() {
        String id = added("target_rule", "explicit", "target_value", "nobody-has-this-label");
        world.event("completed", SLAVE);
        await().until(() -> !audit("route_skipped").isEmpty());
        JsonNode runtime =
                result(TOWER.call("routes.show", Map.of("route_id", id))).path("runtime");
        assertThat(runtime.path("last_skip_reason").asText()).isEqualTo("target_not_found");
        JsonNode skips = result(TOWER.call("status")).path("routing").path("skips_by_reason");
        assertThat(skips.path("target_not_found").asInt()).isPositive();
        JsonNode counts = appResult(app("app.dashboard", Map.of())).path("counts");
        assertThat(counts.path("routes").path("recently_skipped_count").asInt()).isPositive();
        String text = TOWER.run("status", "--routing").orThrow().out();
        assertThat(text).contains("Routes: 1 total (1 enabled, 0 disabled)").contains("    target_not_found: ");
    }

    @Test
    void a_disabled_route_lets_events_wait_and_the_lag_shows() {
        String id = added();
        TOWER.sql("UPDATE agents SET role = 'shell' WHERE role = 'master'");
        result(TOWER.call("routes.disable", Map.of("route_id", id)));
        world.event("completed", SLAVE).event("completed", SLAVE);
        assertThat(result(TOWER.call("status"))
                        .path("routing")
                        .path("most_stalled_route")
                        .isNull())
                .isTrue();
        result(TOWER.call("routes.enable", Map.of("route_id", id)));
        await().until(() -> audit("route_skipped").size() == 2);
        assertThat(each(json(audit("route_skipped").toString()), "reason")).containsOnly("no_eligible_master");
    }

    @Test
    void a_control_panel_adds_updates_reads_and_removes() {
        JsonNode row = appResult(app(
                        "app.route.add",
                        Map.of(
                                "event_type",
                                "completed",
                                "target",
                                Map.of("rule", "role", "value", "role:swarm"),
                                "template",
                                "t")))
                .path("row");
        assertThat(keys(row))
                .containsExactlyInAnyOrder(
                        "route_id",
                        "enabled",
                        "event_type",
                        "source_scope",
                        "target",
                        "master",
                        "template",
                        "last_consumed_event_id",
                        "created_at",
                        "updated_at");
        assertThat(row.path("target")).isEqualTo(json("{\"rule\":\"role\",\"value\":\"role:swarm\"}"));
        assertThat(row.path("master")).isEqualTo(json("{\"rule\":\"auto\",\"value\":null}"));
        assertThat(row.path("source_scope")).isEqualTo(json("{\"kind\":\"any\",\"value\":null}"));
        String id = row.path("route_id").asText();
        assertThat(files.value("SELECT created_by_agent_id FROM routes")).isNull();
        JsonNode page = appResult(app("app.route.list", Map.of("filters", Map.of("enabled", true))));
        assertThat(page.path("rows").path(0)).isEqualTo(row);
        assertThat(page.path("ordering").asText()).isEqualTo("default:asc");
        JsonNode off = appResult(app("app.route.update", Map.of("route_id", id, "enabled", false)));
        assertThat(off.path("row").path("enabled").asBoolean()).isFalse();
        assertThat(appResult(app("app.route.detail", Map.of("route_id", id))).path("row"))
                .isEqualTo(off.path("row"));
        assertThat(appResult(app("app.route.list", Map.of("filters", Map.of("enabled", true))))
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(appResult(app("app.route.remove", Map.of("route_id", id))).path("row"))
                .isEqualTo(off.path("row"));
        for (String type : List.of("route_created", "route_updated", "route_deleted")) {
            assertThat(audit(type)).as(type).hasSize(2);
            assertThat(audit(type).get(1).path("origin").asText()).isEqualTo("app");
        }
        assertThat(audit("route_updated").get(0).path("updated_by_agent_id").isNull())
                .isTrue();
        for (String method : List.of("app.route.remove", "app.route.detail")) {
            assertAppRefused(
                    app(method, Map.of("route_id", "no-such-route")),
                    "route_not_found",
                    Map.of("route_id", "no-such-route"));
        }
    }

    @Test
    void parameters_of_a_control_panel_are_checked_in_order() {
        assertInvalid(app("app.route.add", Map.of()), "event_type", "missing or wrong type");
        assertInvalid(app("app.route.add", Map.of("event_type", "x")), "template", "missing or wrong type");
        assertInvalid(
                app("app.route.add", Map.of("event_type", "x", "template", "t", "target", "source")),
                "target",
                "wrong type");
        assertInvalid(
                app("app.route.add", Map.of("event_type", "x", "template", "t")), "params", "route_event_type_invalid");
        assertInvalid(
                app("app.route.add", Map.of("event_type", "error", "template", "t")),
                "params",
                "route_target_rule_invalid");
        assertInvalid(app("app.route.update", Map.of("enabled", true)), "route_id", "missing or wrong type");
        assertInvalid(app("app.route.update", Map.of("route_id", "x")), "enabled", "missing or wrong type");
        assertInvalid(
                app("app.route.update", Map.of("route_id", "x", "enabled", true, "template", "t", "b", 1)),
                "b",
                "field not accepted");
        assertInvalid(app("app.route.list", Map.of("filters", Map.of("enabled", "yes"))), "enabled", "wrong type");
    }

    private static CommandResult run(int exitCode, String... args) {
        List<String> all = new ArrayList<>(List.of("route"));
        all.addAll(List.of(args));
        CommandResult result = TOWER.run(all.toArray(String[]::new));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(exitCode);
        return result;
    }

    @Test
    void commands_do_the_same_as_a_control_panel() {
        JsonNode route = json(run(
                        0,
                        "add",
                        "--event-type",
                        "activity",
                        "--target-rule",
                        "source",
                        "--template",
                        "{event_excerpt} — {{}}",
                        "--json")
                .out());
        String id = route.path("route_id").asText();
        appResult(app(
                "app.route.add",
                Map.of(
                        "event_type",
                        "activity",
                        "target",
                        Map.of("rule", "source"),
                        "template",
                        "{event_excerpt} — {{}}")));
        assertThat(files.rows("SELECT DISTINCT event_type, source_scope_kind, source_scope_value, target_rule,"
                        + " target_value, master_rule, master_value, template, enabled, last_consumed_event_id"
                        + " FROM routes"))
                .hasSize(1);
        assertThat(run(0, "disable", id).out()).isEqualTo("disabled route " + id + "\n");
        assertThat(run(0, "list").out())
                .startsWith("listed 2 routes (1 enabled, 1 disabled)\n")
                .contains("  OFF " + id + " activity                 → source=-\n");
        assertThat(json(run(0, "list", "--enabled-only", "--json").out())).hasSize(1);
        assertThat(run(0, "enable", id).out()).isEqualTo("enabled route " + id + "\n");
        assertThat(run(0, "show", id).out())
                .isEqualTo("showed route " + id + " (events_consumed=0 last_skip_reason=None)\n");
        assertThat(run(0, "remove", id).out()).isEqualTo("removed route " + id + "\n");
        assertThat(run(3, "remove", id, "--json"))
                .matches(result -> result.out().isEmpty()
                        && result.err().startsWith("error: route_id_not_found: no route has the id"));
        assertThat(run(0, "add", "--event-type", "error", "--target-rule", "source", "--template", "x")
                        .out())
                .matches("created route " + UUID + " \\(event_type=error enabled=true cursor=\\d+\\)\n");
        assertThat(run(3, "add", "--event-type", "x", "--target-rule", "source", "--template", "x")
                        .err())
                .startsWith("error: route_event_type_invalid: ");
    }

    @Test
    void a_wrong_command_line_asks_no_daemon() {
        for (String[] wrong : new String[][] {
            {},
            {"add"},
            {"add", "--event-type", "error", "--template", "x"},
            {"add", "--event-type", "error", "--target-rule", "x", "--template", "x"},
            {"add", "--event-type", "error", "--target-rule", "source", "--source-scope", "x", "--template", "x"},
            {"add", "--event-type", "error", "--target-rule", "source", "--master-rule", "x", "--template", "x"},
            {"update", "x"},
            {"show"}
        }) {
            CommandResult result = run(2, wrong);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).isNotBlank();
        }
        assertThat(files.value("SELECT COUNT(*) FROM routes")).isEqualTo(0);
    }
}
