package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.tree;
import static dev.agenttower.contract.wire.World.BENCH;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppHealthTest {
    private static final List<String> SUBSYSTEMS =
            List.of("docker", "tmux_discovery", "sqlite", "jsonl", "routing_worker", "log_attachment_workers");

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
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}");
        TOWER.call("scan_containers");
    }

    private static JsonNode readiness() {
        return appResult(TOWER.call("app.readiness", Map.of("app_session_token", token)));
    }

    private static JsonNode dashboard() {
        return appResult(TOWER.call("app.dashboard", Map.of("app_session_token", token)));
    }

    @Test
    void readiness_names_six_subsystems_in_order() {
        JsonNode readiness = readiness();
        assertThat(keys(readiness)).containsExactlyInAnyOrder("state", "subsystems", "hints");
        assertThat(each(readiness.path("subsystems"), "name")).isEqualTo(SUBSYSTEMS);
        for (JsonNode subsystem : readiness.path("subsystems")) {
            assertThat(keys(subsystem)).containsExactlyInAnyOrder("name", "status", "reason", "hint");
            assertThat(subsystem.path("status").asText()).isIn("ok", "degraded", "unavailable");
            assertThat(subsystem.path("reason").asText().isEmpty())
                    .isEqualTo(subsystem.path("status").asText().equals("ok"));
            assertThat(subsystem.path("hint").isNull()).isTrue();
        }
        assertThat(readiness.path("state").asText()).isEqualTo("ready");
    }

    @Test
    void an_empty_tower_hints_at_what_to_do() {
        for (JsonNode hints : List.of(readiness().path("hints"), dashboard().path("hints"))) {
            assertThat(hints).isNotEmpty();
            assertThat(hints).anySatisfy(hint -> {
                assertThat(hint.path("code").asText()).isEqualTo("start_bench_container");
                assertThat(hint.path("severity").asText()).isEqualTo("action_required");
            });
            assertThat(hints).allSatisfy(hint -> {
                assertThat(keys(hint)).containsExactly("code", "severity", "message");
                assertThat(hint.path("message").asText()).isNotBlank();
            });
        }
    }

    @Test
    void an_engine_that_does_not_answer_shows_at_once_and_heals() {
        TOWER.script(
                "AGENTTOWER_TEST_DOCKER_FAKE", Scripts.failingEngine("list_running", "command_not_found", "no docker"));
        TOWER.call("scan_containers");
        JsonNode readiness = readiness();
        assertThat(readiness.path("state").asText()).isEqualTo("degraded");
        JsonNode docker = readiness.path("subsystems").path(0);
        assertThat(docker.path("status").asText()).isIn("degraded", "unavailable");
        assertThat(docker.path("reason").asText()).isNotBlank();
        assertThat(each(readiness.path("hints"), "code")).contains("docker_unavailable_hint");
        assertThat(dashboard().path("recommended_next_action").path("target"))
                .isEqualTo(json("{\"kind\":\"subsystem\",\"id\":\"docker\"}"));
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}");
        TOWER.call("scan_containers");
        assertThat(readiness().path("state").asText()).isEqualTo("ready");
    }

    @Test
    void hints_follow_what_is_there() {
        world.container(BENCH, "py-bench", true).pane(BENCH, 0, true);
        assertThat(each(readiness().path("hints"), "code")).containsExactly("register_first_agent");
        world.agent("a1", BENCH, 0, "master", true);
        assertThat(each(readiness().path("hints"), "code")).containsExactly("attach_logs", "enable_first_route");
        assertThat(each(readiness().path("hints"), "severity")).containsOnly("info");
        world.log("a1", "active").route("r1", true, "2026-01-01T00:00:00Z");
        assertThat(readiness().path("hints")).isEqualTo(tree(List.of()));
        TOWER.sql("UPDATE containers SET active = 0");
        assertThat(each(readiness().path("hints"), "code")).containsExactly("start_bench_container");
        assertThat(dashboard().path("hints"))
                .as("counts inactive containers too")
                .isEqualTo(tree(List.of()));
    }

    @Test
    void an_empty_dashboard() {
        JsonNode dashboard = dashboard();
        assertThat(keys(dashboard))
                .containsExactlyInAnyOrder(
                        "counts", "recent", "hints", "recommended_next_action", "recommended_next_action_refreshed_at");
        assertThat(dashboard.path("counts"))
                .isEqualTo(json(("{'containers':{'active':0,'inactive':0,'degraded_scan':0},"
                                + "'panes':{'total':0,'registered':0,'unregistered':0,'by_state':{"
                                + "'discovered-and-unmanaged':0,'discovered-and-registered':0,"
                                + "'inactive-or-stale':0,'discovery-degraded':0}},"
                                + "'agents':{'total':0,'by_role':{'master':0,'slave':0,'swarm':0,'test-runner':0,"
                                + "'shell':0,'unknown':0},'by_state':{'active':0,'inactive':0,"
                                + "'partially_configured':0,'log-attached':0,'log-detached':0}},"
                                + "'log_attachments':{'active':0,'degraded':0,'none':0},'events':{'total':0},"
                                + "'queue':{'queued':0,'blocked':0,'failed':0,'delivered':0,'canceled':0},"
                                + "'routes':{'enabled':0,'disabled':0,'recently_skipped_count':0,"
                                + "'recently_skipped_window_ms':300000}}")
                        .replace('\'', '"')));
        assertThat(dashboard.path("recent")).isEqualTo(json("{\"events\":[],\"queue\":[],\"routes\":[]}"));
        recommended(dashboard, "no_containers", null);
        assertThat(dashboard.path("recommended_next_action_refreshed_at").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(files.auditLines()).isEmpty();
    }

    private static void recommended(JsonNode dashboard, String code, String target) {
        JsonNode action = dashboard.path("recommended_next_action");
        assertThat(keys(action)).containsExactly("code", "title", "detail", "target");
        assertThat(action.path("code").asText()).as(action.toString()).isEqualTo(code);
        assertThat(action.path("title").asText()).isNotBlank().hasSizeLessThanOrEqualTo(128);
        assertThat(action.path("detail").asText()).hasSizeLessThanOrEqualTo(512);
        assertThat(action.path("target")).isEqualTo(target == null ? tree(null) : json(target.replace('\'', '"')));
    }

    @Test
    void the_recommendation_is_the_first_rule_that_holds() {
        world.container("off", "bench-off", false);
        recommended(dashboard(), "no_panes_discovered", null);
        world.container("z", "bench-z", true).container("b", "bench-b", true);
        recommended(dashboard(), "no_panes_discovered", "{'kind':'container','id':'b'}");
        world.pane("z", 1, true).pane("b", 2, false).pane("b", 3, true).message("m2", "blocked", "2026-01-02");
        recommended(dashboard(), "unadopted_panes_present", "{'kind':'pane','id':'%3'}");
        world.agent("a1", "b", 3, "slave", true);
        recommended(dashboard(), "unadopted_panes_present", "{'kind':'pane','id':'%1'}");
        world.agent("a2", "z", 1, "slave", true).agent("a3", "b", 2, "slave", true);
        world.message("m1", "blocked", "2026-01-01").message("m0", "delivered", "2026-01-00");
        recommended(dashboard(), "blocked_queue_drain", "{'kind':'message','id':'m1'}");
        TOWER.sql("DELETE FROM message_queue");
        recommended(dashboard(), "no_routes_configured", null);
        world.route("r1", false, "2026-01-01T00:00:00Z");
        JsonNode clear = dashboard();
        recommended(clear, "all_clear", null);
        assertThat(clear.path("recommended_next_action").path("detail").isNull())
                .isTrue();
    }

    @Test
    void panes_are_counted_by_state() {
        world.container(BENCH, "py-bench", true)
                .pane(BENCH, 0, true)
                .pane(BENCH, 1, true)
                .pane(BENCH, 2, true);
        world.agent("a1", BENCH, 0, "master", "shell", "agent", true);
        assertThat(dashboard().path("counts").path("panes"))
                .isEqualTo(json(("{'total':3,'registered':1,'unregistered':2,'by_state':{"
                                + "'discovered-and-unmanaged':2,'discovered-and-registered':1,"
                                + "'inactive-or-stale':0,'discovery-degraded':0}}")
                        .replace('\'', '"')));
        world.container("off", "bench-off", false).pane("off", 3, true).pane(BENCH, 4, false);
        world.agent("a4", BENCH, 4, "slave", true);
        assertThat(dashboard().path("counts").path("panes"))
                .isEqualTo(json(("{'total':5,'registered':2,'unregistered':3,'by_state':{"
                                + "'discovered-and-unmanaged':2,'discovered-and-registered':1,"
                                + "'inactive-or-stale':2,'discovery-degraded':0}}")
                        .replace('\'', '"')));
    }

    @Test
    void agents_and_logs_are_counted_by_state() {
        world.container(BENCH, "py-bench", true).container("off", "bench-off", false);
        world.agent("agt_000000000001", BENCH, 1, "slave", "codex", "l", true).log("agt_000000000001", "active");
        world.agent("agt_000000000002", BENCH, 2, "slave", "codex", "l", false).log("agt_000000000002", "stale");
        world.agent("agt_000000000003", BENCH, 3, "unknown", "codex", "l", true);
        world.agent("agt_000000000004", BENCH, 4, "shell", "unknown", "l", true);
        world.agent("agt_000000000005", BENCH, 5, "shell", "shell", "", false);
        world.agent("agt_000000000006", BENCH, 6, "shell", "shell", "unknown", true);
        world.agent("agt_000000000007", "off", 7, "master", "shell", "l", true);
        JsonNode counts = dashboard().path("counts");
        assertThat(counts.path("agents"))
                .isEqualTo(json(("{'total':7,'by_role':{'master':1,'slave':2,'swarm':0,'test-runner':0,'shell':3,"
                                + "'unknown':1},'by_state':{'active':1,'inactive':2,'partially_configured':4,"
                                + "'log-attached':1,'log-detached':6}}")
                        .replace('\'', '"')));
        assertThat(counts.path("log_attachments")).isEqualTo(json("{\"active\":1,\"degraded\":1,\"none\":5}"));
        assertThat(counts.path("containers")).isEqualTo(json("{\"active\":1,\"inactive\":1,\"degraded_scan\":0}"));
    }

    @Test
    void recent_rows_are_the_latest_first() {
        world.event("activity", "a1").event("error", "").event("completed", "a2");
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'"); // so that what is queued stays so
        world.message("m1", "queued", "2026-01-01").message("m2", "delivered", "2026-01-02");
        world.route("r1", true, "2026-01-01T00:00:00Z").route("r2", false, "2026-01-01T00:00:00Z");
        JsonNode recent = dashboard().path("recent");
        assertThat(keys(recent)).containsExactlyInAnyOrder("events", "queue", "routes");
        JsonNode event = recent.path("events").path(0);
        assertThat(keys(event)).containsExactlyInAnyOrder("id", "timestamp", "type", "origin", "agent_id", "summary");
        assertThat(event.path("id").isIntegralNumber()).isTrue();
        assertThat(event.path("type").asText()).isEqualTo("completed");
        assertThat(event.path("origin").asText()).isEmpty();
        assertThat(each(recent.path("events"), "summary"))
                .containsExactly("completed from a2", "error", "activity from a1");
        JsonNode message = recent.path("queue").path(0);
        assertThat(keys(message))
                .containsExactlyInAnyOrder(
                        "id", "timestamp", "type", "state", "state_priority", "target_agent_id", "summary");
        assertThat(each(recent.path("queue"), "id")).containsExactly("m2", "m1");
        assertThat(each(recent.path("queue"), "state_priority")).containsExactly("4", "1");
        assertThat(each(recent.path("queue"), "summary")).containsExactly("delivered → t", "queued → t");
        assertThat(recent.path("routes"))
                .isEqualTo(json(("[{'id':'r2','timestamp':'2026-01-01T00:00:00Z','type':'route','enabled':false,"
                                + "'summary':'route r2 (disabled)'},"
                                + "{'id':'r1','timestamp':'2026-01-01T00:00:00Z','type':'route','enabled':true,"
                                + "'summary':'route r1 (enabled)'}]")
                        .replace('\'', '"')));
        JsonNode counts = dashboard().path("counts");
        assertThat(counts.path("events").path("total").asInt()).isEqualTo(3);
        assertThat(counts.path("queue").path("delivered").asInt()).isEqualTo(1);
        assertThat(counts.path("routes").path("enabled").asInt()).isEqualTo(1);
        assertThat(counts.path("routes").path("disabled").asInt()).isEqualTo(1);
        TOWER.sql("UPDATE daemon_state SET value = 'enabled'");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "50, 12",
        "null, 10",
    })
    void recent_rows_are_limited(String limit, int rows) {
        for (int i = 0; i < 12; i++) {
            world.event("activity", "a" + i);
        }
        JsonNode answer = withLimit(limit);
        assertThat(appResult(answer).path("recent").path("events")).hasSize(rows);
    }

    private static JsonNode withLimit(String limit) {
        return TOWER.exchange("{\"method\":\"app.dashboard\",\"params\":{\"app_session_token\":\"" + token
                + "\",\"recent_limit\":" + limit + "}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | out of bounds [1,50]",
                "51 | out of bounds [1,50]",
                "-1 | out of bounds [1,50]",
                "99999999999 | out of bounds [1,50]",
                "\"5\" | must be an integer",
                "true | must be an integer",
                "1.5 | must be an integer",
                "[] | must be an integer"
            })
    void a_limit_that_breaks_a_rule_is_refused(String limit, String reason) {
        assertInvalid(withLimit(limit), "recent_limit", reason);
    }

    @Test
    void whatever_a_client_claims_it_gets_all_fields() {
        Map<String, Object> params = new HashMap<>();
        params.put("app_session_token", token);
        params.put("client_app_contract_minor", 0);
        assertThat(appResult(TOWER.call("app.dashboard", params))
                        .path("counts")
                        .path("panes")
                        .has("by_state"))
                .isTrue();
    }
}
