package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appRefusal;
import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.World.BENCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventMethodsTest {
    private static final String ONE = "agt_00000000000a";
    private static final String TWO = "agt_00000000000b";
    private static final List<String> EVENT = List.of(
            "event_id",
            "event_type",
            "agent_id",
            "attachment_id",
            "log_path",
            "byte_range_start",
            "byte_range_end",
            "line_offset_start",
            "line_offset_end",
            "observed_at",
            "record_at",
            "excerpt",
            "classifier_rule_id",
            "debounce",
            "schema_version");

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    @BeforeEach
    void begin() {
        TOWER.sql("DELETE FROM events", "DELETE FROM agents");
        world.agent(ONE, BENCH, 0, "slave", true).agent(TWO, BENCH, 1, "slave", true);
    }

    private static void event(int id, String type, String agent, String at, String excerpt) {
        TOWER.sql("INSERT INTO events (event_id, event_type, agent_id, attachment_id, log_path, byte_range_start,"
                + " byte_range_end, line_offset_start, line_offset_end, observed_at, excerpt, classifier_rule_id,"
                + " schema_version) VALUES (" + id + ", '" + type + "', '" + agent + "', 'lat_0123456789ab', '/l/1', "
                + id + ", " + (id + 5) + ", 1, 2, '" + at + "', '" + excerpt + "', 'error.line.v1', 1)");
    }

    private static String minute(int minute) {
        return String.format(Locale.ROOT, "2026-05-10T12:%02d:00.000000+00:00", minute);
    }

    private static JsonNode list(Object... namesAndValues) {
        return TOWER.call("events.list", params(namesAndValues));
    }

    private static Map<String, Object> params(Object... namesAndValues) {
        Map<String, Object> params = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return params;
    }

    @Test
    void shows_an_event_with_all_its_fields() {
        event(7, "error", ONE, minute(1), "Error: boom");
        JsonNode result = result(list());
        assertThat(keys(result)).containsExactly("events", "next_cursor");
        JsonNode event = result.path("events").get(0);
        assertThat(keys(event)).containsExactlyElementsOf(EVENT);
        assertThat(event.toString())
                .isEqualTo("{\"event_id\":7,\"event_type\":\"error\",\"agent_id\":\"" + ONE
                        + "\",\"attachment_id\":\"lat_0123456789ab\",\"log_path\":\"/l/1\",\"byte_range_start\":7,"
                        + "\"byte_range_end\":12,\"line_offset_start\":1,\"line_offset_end\":2,\"observed_at\":\""
                        + minute(1) + "\",\"record_at\":null,\"excerpt\":\"Error: boom\","
                        + "\"classifier_rule_id\":\"error.line.v1\",\"debounce\":{\"window_id\":null,"
                        + "\"collapsed_count\":1,\"window_started_at\":null,\"window_ended_at\":null},"
                        + "\"schema_version\":1}");
        assertThat(result.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void tells_the_latest_event_of_each_active_agent() {
        event(1, "error", ONE, minute(1), "Error: boom");
        event(2, "waiting_for_input", ONE, minute(2), "Go on?");
        event(3, "completed", TWO, minute(1), "done");
        assertThat(each(result(TOWER.call("events.latest", Map.of())).path("events"), "excerpt"))
                .containsExactlyInAnyOrder("Go on?", "done");
        TOWER.sql("UPDATE agents SET active = 0 WHERE agent_id = '" + TWO + "'");
        assertThat(each(result(TOWER.call("events.latest", Map.of())).path("events"), "excerpt"))
                .containsExactly("Go on?");
    }

    @Test
    void filters_and_pages_in_both_directions() {
        for (int i = 1; i <= 9; i++) {
            event(i, i % 2 == 0 ? "error" : "completed", i % 3 == 0 ? TWO : ONE, minute(i), "x");
        }
        event(10, "routing_toggled", ONE, minute(10), "x");
        for (boolean isReversed : new boolean[] {false, true}) {
            List<Integer> ids = new ArrayList<>();
            String cursor = null;
            do {
                JsonNode page = result(list("limit", 2, "cursor", cursor, "reverse", isReversed));
                page.path("events")
                        .forEach(event -> ids.add(event.path("event_id").asInt()));
                cursor = page.path("next_cursor").textValue();
            } while (cursor != null);
            assertThat(ids)
                    .containsExactlyElementsOf(
                            isReversed ? List.of(9, 8, 7, 6, 5, 4, 3, 2, 1) : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        }
        assertThat(each(result(list("target", TWO)).path("events"), "event_id")).containsExactly("3", "6", "9");
        TOWER.sql("UPDATE agents SET label = 'worker two' WHERE agent_id = '" + TWO + "'");
        assertThat(each(result(list("target", "worker two")).path("events"), "event_id"))
                .containsExactly("3", "6", "9");
        assertThat(each(result(list("types", List.of("error"), "target", TWO)).path("events"), "event_id"))
                .containsExactly("6");
        assertThat(each(
                        result(list("since", "2026-05-10T14:03:00+02:00", "until", "2026-05-10T12:05:00Z"))
                                .path("events"),
                        "event_id"))
                .containsExactly("3", "4");
        assertThat(each(result(list("cursor", "eyJlIjo4LCJyIjpmYWxzZX0")).path("events"), "event_id"))
                .containsExactly("9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"target\":5}|events_filter_invalid|target must be a string; got number",
                "{\"types\":\"error\"}|events_filter_invalid|types must be a list",
                "{\"types\":[\"routing_toggled\"]}|events_filter_invalid|unknown event type: 'routing_toggled'",
                "{\"since\":5}|events_filter_invalid|since must be an ISO-8601 string",
                "{\"until\":\"2026-05-10\"}|events_filter_invalid|until must be ISO-8601 with an explicit offset",
                "{\"since\":\"2026-05-10T00:00Z\",\"until\":\"2026-05-09T00:00Z\"}|events_filter_invalid"
                        + "|since (2026-05-10T00:00Z) must be <= until (2026-05-09T00:00Z)",
                "{\"reverse\":null}|events_filter_invalid|reverse must be a boolean; got null",
                "{\"limit\":0}|events_filter_invalid|limit must be a positive integer; got 0",
                "{\"limit\":true}|events_filter_invalid|limit must be a positive integer; got true",
                "{\"target\":\"agt_ffffffffffff\"}|agent_not_found|target agent not found",
                "{\"cursor\":\"\"}|events_invalid_cursor|malformed cursor",
                "{\"cursor\":\"e30\"}|events_invalid_cursor|malformed cursor",
                "{\"cursor\":\"eyJlIjo1MCwiciI6ZmFsc2V9\",\"reverse\":true}|events_invalid_cursor"
                        + "|the cursor belongs to the other direction"
            })
    void refuses_bad_parameters(String params, String code, String message) {
        JsonNode answer = TOWER.exchange("{\"method\":\"events.list\",\"params\":" + params + "}");
        assertThat(refusal(answer, code)).isEqualTo(message);
    }

    @Test
    void knows_its_rules() {
        JsonNode result = result(TOWER.call("events.classifier_rules"));
        assertThat(result.path("rules")).hasSize(11);
        assertThat(result.path("rules").get(0).toString())
                .isEqualTo(
                        "{\"rule_id\":\"swarm_member.v1\",\"event_type\":\"swarm_member_reported\",\"priority\":10}");
        assertThat(result.path("synthetic_rule_ids").toString())
                .isEqualTo("[\"pane_exited.synth.v1\",\"long_running.synth.v1\"]");
    }

    @Test
    void a_follower_gets_its_backlog_and_what_other_programs_store() {
        event(1, "error", ONE, minute(1), "old");
        event(2, "error", ONE, minute(2), "backlog");
        JsonNode opened = result(TOWER.call("events.follow_open", params("target", ONE, "since", minute(2))));
        assertThat(keys(opened)).containsExactly("session_id", "backlog_events", "live_starting_event_id");
        assertThat(each(opened.path("backlog_events"), "event_id")).containsExactly("2");
        assertThat(opened.path("live_starting_event_id").asInt()).isEqualTo(2);
        String session = opened.path("session_id").asText();
        assertThat(session).matches("fs_[0-9a-f]{12}");
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                () -> TOWER.call("events.follow_next", params("session_id", session, "max_wait_seconds", 20)));
        event(3, "error", TWO, minute(3), "other agent");
        event(4, "error", ONE, minute(1), "late");
        JsonNode news = result(waiting.join());
        assertThat(each(news.path("events"), "event_id")).containsExactly("4");
        assertThat(news.path("session_open").asBoolean()).isTrue();
        JsonNode none =
                result(TOWER.call("events.follow_next", params("session_id", session, "max_wait_seconds", 0.2)));
        assertThat(none.toString()).isEqualTo("{\"events\":[],\"session_open\":true}");
        assertThat(result(TOWER.call("events.follow_close", params("session_id", session)))
                        .toString())
                .isEqualTo("{}");
        assertThat(refusal(TOWER.call("events.follow_next", params("session_id", session)), "events_session_unknown"))
                .isEqualTo("unknown follow session");
    }

    @Test
    void closing_a_session_ends_its_wait() {
        String session =
                result(TOWER.call("events.follow_open")).path("session_id").asText();
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                () -> TOWER.call("events.follow_next", params("session_id", session, "max_wait_seconds", 20)));
        assertThat(refusal(
                        TOWER.call("events.follow_next", params("session_id", session, "max_wait_seconds", -1)),
                        "events_filter_invalid"))
                .isEqualTo("max_wait_seconds must be a positive number; got -1");
        TOWER.call("events.follow_close", params("session_id", session));
        JsonNode answer = waiting.join();
        assertThat(
                        answer.path("ok").asBoolean()
                                ? answer.path("result").path("session_open").asBoolean()
                                : false)
                .isFalse();
        assertThat(refusal(TOWER.call("events.follow_close", Map.of()), "events_session_unknown"))
                .isEqualTo("session_id is required");
    }

    @Test
    void a_control_panel_reads_events() {
        event(1, "error", ONE, minute(1), "a");
        event(2, "completed", TWO, minute(2), "b");
        TOWER.sql("INSERT INTO events (event_id, event_type, agent_id, observed_at, excerpt) VALUES"
                + " (3, 'routing_toggled', '', '" + minute(3) + "', 'c')");
        String token = TOWER.hello();
        JsonNode all = appResult(TOWER.call("app.event.list", params("app_session_token", token)));
        assertThat(each(all.path("rows"), "event_id")).containsExactly("3", "2", "1");
        assertThat(all.path("ordering").asText()).isEqualTo("event_id:desc");
        assertThat(all.path("rows").get(1).toString())
                .isEqualTo("{\"event_id\":2,\"event_type\":\"completed\",\"agent_id\":\"" + TWO
                        + "\",\"observed_at\":\"" + minute(2) + "\",\"excerpt\":\"b\",\"classifier_rule_id\":"
                        + "\"error.line.v1\",\"summary\":\"completed from " + TWO + "\"}");
        assertThat(all.path("rows").get(0).path("classifier_rule_id").asText()).isEmpty();
        JsonNode some = appResult(TOWER.call(
                "app.event.list",
                params(
                        "app_session_token",
                        token,
                        "order_by",
                        "observed_at:asc",
                        "filters",
                        params("since", "2026-05-10T12:02:00Z", "until", 1778414580000L))));
        assertThat(each(some.path("rows"), "event_id")).containsExactly("2", "3");
        assertInvalid(
                TOWER.call(
                        "app.event.list",
                        params("app_session_token", token, "filters", params("since", minute(2), "until", minute(1)))),
                "since",
                "after until");
        assertInvalid(
                TOWER.call("app.event.list", params("app_session_token", token, "filters", params("since", "now"))),
                "since",
                "not a time");
        assertThat(appResult(TOWER.call("app.event.detail", params("app_session_token", token, "event_id", "2")))
                        .path("row")
                        .path("excerpt")
                        .asText())
                .isEqualTo("b");
        appRefusal(TOWER.call("app.event.detail", params("app_session_token", token, "event_id", 99)), "not_found");
        assertInvalid(
                TOWER.call("app.event.detail", params("app_session_token", token, "event_id", true)),
                "event_id",
                "missing or wrong type");
    }

    @Test
    void the_command_lists_follows_and_explains() {
        event(1, "error", ONE, minute(1), "Error: bööm");
        event(2, "activity", TWO, minute(2), "");
        CommandResult text = TOWER.run("events").orThrow();
        assertThat(text.out())
                .isEqualTo("2026-05-10 12:01:00  " + ONE + "  error                  Error: bööm\n"
                        + "2026-05-10 12:02:00  " + TWO + "  activity               \n");
        CommandResult json = TOWER.run("events", "--json", "--limit", "1").orThrow();
        assertThat(json.outLines()).hasSize(2);
        assertThat(json.outLines().get(0))
                .startsWith("{\"event_id\":1,\"event_type\":\"error\",")
                .contains("\"excerpt\":\"Error: b\\u00f6\\u00f6m\"");
        assertThat(json.outLines().get(1)).startsWith("{\"next_cursor\":\"");
        assertThat(TOWER.run("events", "rules").orThrow().out()).contains("       10 swarm_member.v1            -> ");
        CommandResult unknown = TOWER.run("events", "--target", "agt_ffffffffffff", "--json");
        assertThat(unknown.exitCode()).isEqualTo(4);
        assertThat(unknown.out()).contains("agent_not_found");
        CommandResult bad = TOWER.run("events", "--type", "nonsense");
        assertThat(bad.exitCode()).isEqualTo(2);
        assertThat(bad.err()).contains("unknown event type", "nonsense", "value_out_of_set");
    }

    @Test
    void rows_of_other_programs_reach_the_audit_trail() {
        event(1, "error", ONE, minute(1), "from outside");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> new TowerFiles(TOWER)
                        .auditLines().stream().anyMatch(line -> line.contains("\"excerpt\":\"from outside\"")));
    }

    @Test
    void the_status_shows_the_reader() {
        JsonNode status = result(TOWER.call("status"));
        assertThat(status.path("events_reader").path("running").asBoolean()).isTrue();
        assertThat(status.path("events_persistence").path("degraded_sqlite").isNull())
                .isTrue();
        assertThat(status.path("events_persistence").path("degraded_jsonl").isNull())
                .isTrue();
    }
}
