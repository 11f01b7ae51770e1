package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.World.BENCH;
import static dev.agenttower.contract.wire.World.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueMethodsTest {
    private static final String MASTER = "agt_00000000000a";
    private static final String SLAVE = "agt_00000000000b";
    private static final String SHELL = "agt_00000000000c";
    private static final String GONE = "agt_00000000000d";
    private static final String NO_ID = "00000000-0000-4000-8000-000000000000";
    private static final List<String> ROW = List.of(
            "message_id",
            "state",
            "block_reason",
            "failure_reason",
            "sender",
            "target",
            "envelope_size_bytes",
            "envelope_body_sha256",
            "enqueued_at",
            "delivery_attempt_started_at",
            "delivered_at",
            "failed_at",
            "canceled_at",
            "last_updated_at",
            "operator_action",
            "operator_action_at",
            "operator_action_by",
            "origin",
            "route_id",
            "event_id",
            "excerpt",
            "hold_reason",
            "received_at",
            "answered_at",
            "receipt",
            "when",
            "digest",
            "command");

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_TMUX_FAKE", "{\"containers\":{}}").start();
    }

    @BeforeEach
    void begin() {
        TOWER.sql("UPDATE daemon_state SET value = 'enabled'", "DELETE FROM request_keys");
        files.forget();
        world.container(BENCH, "bench-acme", true);
        for (int pane = 0; pane < 5; pane++) {
            world.pane(BENCH, pane, true);
        }
        world.agent(MASTER, BENCH, 0, "master", "codex", "lead", true);
        world.agent(SLAVE, BENCH, 1, "slave", "codex", "worker", true);
        world.agent(SHELL, BENCH, 2, "shell", "shell", "twin", true);
        world.agent(GONE, BENCH, 3, "slave", "codex", "old", false);
        world.agent("agt_00000000000e", BENCH, 4, "slave", "codex", "twin", true);
    }

    private static String base64(String body) {
        return Base64.getEncoder().encodeToString(body.getBytes(UTF_8));
    }

    private static Map<String, Object> pane(int pane) {
        return Map.of("pane_composite_key", key(BENCH, pane));
    }

    private static Map<String, Object> message(String target, String body) {
        Map<String, Object> params = new HashMap<>();
        params.put("caller_pane", pane(0));
        params.put("target", target);
        params.put("body_bytes", base64(body));
        return params;
    }

    private static Map<String, Object> with(Map<String, Object> params, String name, @Nullable Object value) {
        Map<String, Object> changed = new HashMap<>(params);
        changed.put(name, value);
        return changed;
    }

    private static JsonNode send(Map<String, Object> params) {
        return TOWER.call("queue.send_input", params);
    }

    private static String queued() {
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'");
        JsonNode sent = result(send(message(SLAVE, "x")));
        TOWER.sql("UPDATE message_queue SET state = 'queued', block_reason = NULL");
        return sent.path("message_id").asText();
    }

    private long rows() {
        return ((Number) files.value("SELECT COUNT(*) FROM message_queue")).longValue();
    }

    @Test
    void what_senders_ask_for_is_told_and_only_people_send_commands() {
        JsonNode plain = result(send(message(SLAVE, "x")));
        assertThat(plain.path("when").isNull()).isTrue();
        assertThat(plain.path("receipt").isNull()).isTrue();
        JsonNode asked = result(send(with(message(SLAVE, "x"), "when", "now")));
        assertThat(asked.path("when").asText()).isEqualTo("now");
        assertThat(asked.path("digest").asBoolean()).isFalse();
        assertThat(result(send(with(message(SLAVE, "x"), "digest", true)))
                        .path("digest")
                        .asBoolean())
                .isTrue();
        refusal(send(with(message(SLAVE, "x"), "when", "soon")), "bad_request");
        refusal(send(with(message(SLAVE, "x"), "digest", "yes")), "bad_request");
        refusal(send(with(with(message(SLAVE, "x"), "digest", true), "when", "now")), "bad_request");
        refusal(send(message(SLAVE, "/clear")), "body_invalid_chars");
        refusal(send(with(message(SLAVE, "/clear"), "command", true)), "sender_role_not_permitted");
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void a_prompt_is_delivered_and_recorded_in_order() {
        JsonNode row = result(send(message("worker", "run — $(touch /tmp/canary) `id`\n")));
        assertThat(keys(row)).startsWith(ROW.toArray(String[]::new)).endsWith("waited_to_terminal");
        assertThat(row.path("state").asText()).isEqualTo("delivered");
        assertThat(row.path("waited_to_terminal").asBoolean()).isTrue();
        assertThat(row.path("delivered_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(row.path("sender"))
                .isEqualTo(json("{\"agent_id\":\"" + MASTER
                        + "\",\"label\":\"lead\",\"role\":\"master\",\"capability\":\"codex\"}"));
        assertThat(row.path("excerpt").asText()).isEqualTo("run — $(touch /tmp/canary) `id` ");
        assertThat(row.path("envelope_size_bytes").asInt()).isGreaterThan(35);
        assertThat(Path.of("/tmp/canary")).doesNotExist();
        JsonNode listed = result(TOWER.call("queue.list", Map.of())).path("rows");
        assertThat(each(listed, "message_id"))
                .containsExactly(row.path("message_id").asText());
        assertThat(keys(listed.path(0))).containsExactlyElementsOf(ROW);
        await().until(() -> files.audit().size() == 2);
        List<JsonNode> audit = files.audit();
        assertThat(audit.get(0).path("event_type").asText()).isEqualTo("queue_message_enqueued");
        assertThat(keys(audit.get(0)))
                .containsExactly(
                        "ts",
                        "schema_version",
                        "event_type",
                        "message_id",
                        "from_state",
                        "to_state",
                        "reason",
                        "operator",
                        "observed_at",
                        "sender",
                        "target",
                        "excerpt");
        assertThat(audit.get(0).path("target").path("pane_id").asText()).isEqualTo("%1");
        assertThat(audit.get(1).path("event_type").asText()).isEqualTo("queue_message_delivered");
        assertThat(audit.get(1).path("target").has("pane_id")).isFalse();
        assertThat(audit.get(1).path("observed_at")).isEqualTo(row.path("delivered_at"));
        await().until(() -> files.rows("SELECT 1 FROM events WHERE jsonl_appended_at IS NULL")
                .isEmpty());
    }

    @Test
    void parameters_are_checked_in_their_order() {
        Map<String, Object> good = message(SLAVE, "x");
        refusal(send(with(good, "caller_pane", "x")), "bad_request");
        refusal(send(Map.of()), "sender_not_in_pane");
        refusal(send(with(good, "caller_pane", null)), "sender_not_in_pane");
        refusal(send(with(good, "caller_pane", Map.of())), "bad_request");
        Map<String, Object> partial = new HashMap<>(key(BENCH, 0));
        partial.put("tmux_pane_id", "");
        refusal(send(with(good, "caller_pane", Map.of("pane_composite_key", partial))), "bad_request");
        refusal(
                send(with(good, "caller_pane", Map.of("agent_id", SLAVE, "pane_composite_key", key(BENCH, 0)))),
                "bad_request");
        refusal(send(with(good, "caller_pane", pane(9))), "sender_role_not_permitted");
        refusal(send(with(good, "caller_pane", pane(3))), "sender_role_not_permitted");
        refusal(send(with(good, "target", "")), "bad_request");
        refusal(send(with(good, "target", 5)), "bad_request");
        for (Object body : new Object[] {7, "eA", "eA=", "e A=", "eB==", "eA==\n", "_w=="}) {
            refusal(send(with(good, "body_bytes", body)), "bad_request");
        }
        refusal(send(with(good, "wait", null)), "bad_request");
        for (Object seconds : new Object[] {-1, 300.5, "1", true}) {
            refusal(send(with(with(good, "wait", false), "wait_timeout_seconds", seconds)), "bad_request");
        }
        refusal(send(message("nobody", "")), "agent_not_found");
        refusal(send(message("agt_ffffffffffff", "x")), "agent_not_found");
        assertThat(refusal(send(message("twin", "x")), "target_label_ambiguous"))
                .contains(SHELL + ", agt_00000000000e");
        refusal(send(message(SLAVE, "")), "body_empty");
        refusal(send(with(good, "body_bytes", "/w==")), "body_invalid_encoding");
        refusal(send(message(SLAVE, "a\r\nb")), "body_invalid_chars");
        refusal(send(message(SLAVE, "\u001b[201~")), "body_invalid_chars");
        refusal(send(message(SLAVE, "x".repeat(65_000))), "request_too_large");
        assertThat(rows()).isZero();
        assertThat(files.auditLines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        SHELL + ", target_role_not_permitted",
        MASTER + ", target_role_not_permitted",
        GONE + ", target_not_active",
    })
    void the_gate_stores_what_it_blocks(String target, String reason) {
        JsonNode row = result(send(message(target, "x")));
        assertThat(row.path("state").asText()).isEqualTo("blocked");
        assertThat(row.path("block_reason").asText()).isEqualTo(reason);
        assertThat(row.path("waited_to_terminal").asBoolean()).isFalse();
        await().until(() -> files.audit().size() == 1);
        assertThat(files.audit().get(0).path("reason").asText()).isEqualTo(reason);
    }

    @Test
    void the_gate_sees_what_other_programs_change() {
        JsonNode fromSlave = result(send(with(message(SLAVE, "x"), "caller_pane", pane(1))));
        assertThat(fromSlave.path("block_reason").asText()).isEqualTo("sender_role_not_permitted");
        TOWER.sql("UPDATE panes SET active = 0");
        assertThat(result(send(message(SLAVE, "x"))).path("block_reason").asText())
                .isEqualTo("target_pane_missing");
        TOWER.sql("UPDATE containers SET active = 0");
        assertThat(result(send(message(SLAVE, "x"))).path("block_reason").asText())
                .isEqualTo("target_container_inactive");
    }

    @Test
    void a_row_of_another_program_is_delivered() {
        TOWER.sql("INSERT INTO message_queue (message_id, state, sender_agent_id, sender_label, sender_role,"
                + " sender_capability, target_agent_id, target_label, target_role, target_capability,"
                + " target_container_id, target_pane_id, envelope_body, envelope_body_sha256, envelope_size_bytes,"
                + " enqueued_at, last_updated_at) VALUES ('" + NO_ID + "', 'queued', 'm', 'm', 'master', NULL, '"
                + SLAVE + "', 'w', 'slave', NULL, '" + BENCH + "', '%1', x'6869', '" + "a".repeat(64)
                + "', 64, '2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z')");
        await().until(() -> "delivered".equals(files.value("SELECT state FROM message_queue")));
    }

    @Test
    void a_sender_that_waits_too_long_gets_the_row_as_it_is() {
        String first = queued();
        JsonNode late = TOWER.call(
                "queue.send_input", with(with(message(SLAVE, "y"), "wait_timeout_seconds", 0.3), "wait", true));
        assertThat(result(late).path("state").asText()).isEqualTo("blocked");
        assertThat(result(TOWER.call("queue.list", Map.of("state", "queued")))
                        .path("rows")
                        .path(0)
                        .path("message_id")
                        .asText())
                .isEqualTo(first);
    }

    @Test
    void the_kill_switch_stops_and_starts_deliveries() {
        JsonNode off = result(TOWER.call("routing.disable"));
        assertThat(keys(off))
                .containsExactly("previous_value", "current_value", "changed", "last_updated_at", "last_updated_by");
        assertThat(off.path("changed").asBoolean()).isTrue();
        assertThat(off.path("last_updated_by").asText()).isEqualTo("host-operator");
        JsonNode status = result(TOWER.call("routing.status", Map.of("caller_pane", 7)));
        assertThat(keys(status)).containsExactly("value", "last_updated_at", "last_updated_by");
        assertThat(status.path("last_updated_at")).isEqualTo(off.path("last_updated_at"));
        JsonNode again = result(TOWER.call("routing.disable", Map.of()));
        assertThat(again.path("changed").asBoolean()).isFalse();
        assertThat(again.path("last_updated_at")).isEqualTo(off.path("last_updated_at"));
        JsonNode blocked = result(send(message(SLAVE, "x")));
        assertThat(blocked.path("block_reason").asText()).isEqualTo("kill_switch_off");
        String id = blocked.path("message_id").asText();
        refusal(TOWER.call("queue.approve", Map.of("message_id", id)), "approval_not_applicable");
        refusal(TOWER.call("routing.enable", Map.of("caller_pane", "x")), "bad_request");
        refusal(TOWER.call("routing.enable", Map.of("caller_pane", Map.of())), "routing_toggle_host_only");
        assertThat(result(TOWER.call("routing.enable")).path("current_value").asText())
                .isEqualTo("enabled");
        assertThat(result(send(message(SLAVE, "y"))).path("state").asText()).isEqualTo("delivered");
        assertThat(files.value("SELECT state FROM message_queue WHERE message_id = '" + id + "'"))
                .isEqualTo("blocked");
        result(TOWER.call("queue.approve", Map.of("message_id", id)));
        await().until(() ->
                "delivered".equals(files.value("SELECT state FROM message_queue WHERE message_id = '" + id + "'")));
        await().until(() -> files.audit().stream()
                        .filter(line -> line.path("event_type").asText().equals("routing_toggled"))
                        .count()
                == 2);
    }

    @Test
    void operators_decide_about_messages() {
        String id = queued();
        Map<String, Object> it = Map.of("message_id", id);
        JsonNode delayed = result(TOWER.call("queue.delay", it));
        assertThat(keys(delayed)).containsExactlyElementsOf(ROW);
        assertThat(delayed.path("state").asText()).isEqualTo("blocked");
        assertThat(delayed.path("block_reason").asText()).isEqualTo("operator_delayed");
        assertThat(delayed.path("operator_action").asText()).isEqualTo("delayed");
        refusal(TOWER.call("queue.delay", it), "delay_not_applicable");
        refusal(TOWER.call("queue.approve", with(new HashMap<>(it), "caller_pane", pane(3))), "operator_pane_inactive");
        refusal(
                TOWER.call("queue.approve", with(new HashMap<>(it), "caller_pane", pane(1))),
                "sender_role_not_permitted");
        refusal(TOWER.call("queue.approve", with(new HashMap<>(it), "caller_pane", 5)), "bad_request");
        JsonNode approved = result(TOWER.call("queue.approve", with(new HashMap<>(it), "caller_pane", pane(0))));
        assertThat(approved.path("state").asText()).isEqualTo("queued");
        assertThat(approved.path("operator_action_by").asText()).isEqualTo(MASTER);
        refusal(TOWER.call("queue.approve", it), "approval_not_applicable");
        JsonNode canceled = result(TOWER.call("queue.cancel", it));
        assertThat(canceled.path("operator_action_by").asText()).isEqualTo("host-operator");
        assertThat(canceled.path("canceled_at").isTextual()).isTrue();
        for (String method : List.of("queue.cancel", "queue.approve", "queue.delay")) {
            refusal(TOWER.call(method, it), "terminal_state_cannot_change");
            refusal(TOWER.call(method, Map.of("message_id", NO_ID)), "message_id_not_found");
            refusal(TOWER.call(method, Map.of("message_id", "")), "bad_request");
            refusal(TOWER.call(method), "bad_request");
        }
        TOWER.sql("UPDATE message_queue SET state = 'queued', canceled_at = NULL,"
                + " delivery_attempt_started_at = enqueued_at");
        refusal(TOWER.call("queue.cancel", it), "delivery_in_progress");
    }

    @Test
    void lists_are_filtered_and_continued() {
        for (int i = 0; i < 3; i++) {
            result(send(with(message(SHELL, "m" + i), "wait", false)));
        }
        result(send(message(SLAVE, "to the worker")));
        JsonNode first = result(TOWER.call("queue.list", Map.of("limit", 2, "state", "blocked")));
        assertThat(first.path("rows")).hasSize(2);
        JsonNode rest = result(TOWER.call(
                "queue.list",
                Map.of(
                        "limit",
                        2,
                        "state",
                        "blocked",
                        "cursor",
                        first.path("next_cursor").asText())));
        assertThat(each(rest.path("rows"), "excerpt")).containsExactly("m2");
        assertThat(rest.path("next_cursor").isNull()).isTrue();
        JsonNode newest = result(TOWER.call("queue.list", Map.of("limit", 2, "state", "blocked", "newest", true)));
        assertThat(each(newest.path("rows"), "excerpt")).containsExactly("m1", "m2");
        assertThat(newest.path("next_cursor").isNull()).isTrue();
        assertThat(newest.path("has_older").asBoolean()).isTrue();
        JsonNode all = result(TOWER.call("queue.list", Map.of("limit", 3, "state", "blocked", "newest", true)));
        assertThat(all.path("rows")).hasSize(3);
        assertThat(all.path("has_older").asBoolean(true)).isFalse();
        assertThat(each(
                        result(TOWER.call("queue.list", Map.of("target", "worker")))
                                .path("rows"),
                        "excerpt"))
                .containsExactly("to the worker");
        TOWER.sql("DELETE FROM agents");
        assertThat(result(TOWER.call("queue.list", Map.of("target", "worker"))).path("rows"))
                .hasSize(1);
        refusal(TOWER.call("queue.list", Map.of("sender", "nobody")), "agent_not_found");
        refusal(TOWER.call("queue.list", Map.of("target", "")), "bad_request");
        refusal(TOWER.call("queue.list", Map.of("state", "x")), "bad_request");
        refusal(TOWER.call("queue.list", Map.of("origin", "x")), "queue_origin_invalid");
        assertThat(result(TOWER.call("queue.list", Map.of("origin", "route"))).path("rows"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-05-08", "2026-05-08T10:00:00", "2026-05-08T10:00:00.1234Z", "2026-13-08T10:00:00Z", "x"})
    void a_malformed_time_is_refused(String since) {
        refusal(TOWER.call("queue.list", Map.of("since", since)), "since_invalid_format");
        assertThat(result(TOWER.call("queue.list", Map.of("since", "2026-05-08T10:00:00Z")))
                        .path("rows"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001, -1})
    void a_limit_has_bounds(int limit) {
        refusal(TOWER.call("queue.list", Map.of("limit", limit)), "bad_request");
    }

    @Test
    void a_key_makes_one_message_of_repetitions() {
        Map<String, Object> params = with(message(SLAVE, "x"), "idempotency_key", "k");
        JsonNode first = result(send(params));
        assertThat(result(send(params)).path("message_id")).isEqualTo(first.path("message_id"));
        refusal(send(with(params, "body_bytes", base64("other"))), "bad_request");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void a_person_on_the_host_sends_as_operator() {
        Map<String, Object> params = message(SLAVE, "x");
        params.remove("caller_pane");
        params.put("operator", true);
        assertThat(result(send(params)).path("sender").path("agent_id").asText())
                .isEqualTo("host-operator");
    }

    @Test
    void an_audit_trail_that_cannot_be_written_delays_nothing() throws IOException {
        result(send(message(SLAVE, "first")));
        await().until(() -> files.audit().size() == 2);
        Files.setPosixFilePermissions(TOWER.paths().events(), PosixFilePermissions.fromString("r--r--r--"));
        assertThat(result(send(message(SLAVE, "second"))).path("state").asText())
                .isEqualTo("delivered");
        await().until(() -> audit().path("degraded").asBoolean());
        assertThat(audit().path("pending_rows").asInt()).isPositive();
        assertThat(audit().path("last_failure_exc_class").isTextual()).isTrue();
        Files.setPosixFilePermissions(TOWER.paths().events(), PosixFilePermissions.fromString("rw-------"));
        await().until(() -> !audit().path("degraded").asBoolean());
        assertThat(audit().path("pending_rows").asInt()).isZero();
        assertThat(files.audit()).hasSize(4);
    }

    private static JsonNode audit() {
        return result(TOWER.call("status")).path("queue_audit");
    }
}
