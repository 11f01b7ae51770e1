package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.each;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.World.BENCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AppQueueTest {
    private static final String SLAVE = "agt_00000000000b";
    private static final String SHELL = "agt_00000000000c";
    private static final Map<String, Object> PAYLOAD = Map.of("kind", "prompt");

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    private static String token;

    private final TowerFiles files = new TowerFiles(TOWER);
    private final World world = new World(TOWER);

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_TMUX_FAKE", "{\"containers\":{}}").start();
        token = TOWER.hello();
    }

    @BeforeEach
    void begin() {
        TOWER.sql("UPDATE daemon_state SET value = 'enabled'", "DELETE FROM request_keys");
        files.forget();
        world.container(BENCH, "bench-acme", true).pane(BENCH, 1, true).pane(BENCH, 2, true);
        world.agent(SLAVE, BENCH, 1, "slave", "codex", "worker", true);
        world.agent(SHELL, BENCH, 2, "shell", "shell", "shell", true);
    }

    private static JsonNode call(String method, Map<String, ?> params) {
        Map<String, Object> all = new HashMap<>(params);
        all.put("app_session_token", token);
        return TOWER.call(method, all);
    }

    private static JsonNode send(String target) {
        return call("app.send_input", Map.of("target_agent_id", target, "payload", PAYLOAD));
    }

    private static Map<String, Object> invalid(String field, String reason) {
        return Map.of("field", field, "reason", reason);
    }

    private List<JsonNode> audit(String messageId) {
        return files.audit().stream()
                .filter(line -> line.path("message_id").asText().equals(messageId))
                .toList();
    }

    @Test
    void a_payload_is_delivered_as_sorted_json() {
        JsonNode sent = appResult(call(
                "app.send_input",
                Map.of("target_agent_id", "worker", "payload", Map.of("b", List.of(1, 2.5, true), "a", "é"))));
        assertThat(keys(sent)).containsExactly("message_id", "state", "deduplicated");
        assertThat(sent.path("state").asText()).isEqualTo("queued");
        List<Object> row = files.row("SELECT envelope_body, sender_agent_id, sender_role FROM message_queue");
        assertThat(new String((byte[]) row.get(0), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\": \"\\u00e9\", \"b\": [1, 2.5, true]}");
        assertThat(row.subList(1, 3)).containsExactly("host-operator", "master");
        await().until(() -> "delivered".equals(files.value("SELECT state FROM message_queue")));
        // Lines of messages of other tests may still come.
        String id = sent.path("message_id").asText();
        await().until(() -> audit(id).size() == 3);
        JsonNode byApp = audit(id).stream()
                .filter(line -> line.path("origin").asText().equals("app"))
                .findFirst()
                .orElseThrow();
        assertThat(keys(byApp))
                .containsExactly(
                        "ts",
                        "event_type",
                        "origin",
                        "app_session_id",
                        "message_id",
                        "target_agent_id",
                        "state",
                        "via");
    }

    @Test
    void parameters_are_checked() {
        assertAppRefused(
                call("app.send_input", Map.of()),
                "validation_failed",
                invalid("target_agent_id", "missing or wrong type"));
        assertAppRefused(
                call("app.send_input", Map.of("target_agent_id", "x", "payload", "x")),
                "validation_failed",
                invalid("payload", "missing or wrong type"));
        Map<String, Object> good = Map.of("target_agent_id", SLAVE, "payload", PAYLOAD);
        Map<String, Object> wrongKey = new HashMap<>(good);
        wrongKey.put("idempotency_key", 7);
        assertAppRefused(
                call("app.send_input", wrongKey), "validation_failed", invalid("idempotency_key", "wrong type"));
        wrongKey.put("idempotency_key", "k".repeat(257));
        assertAppRefused(call("app.send_input", wrongKey), "validation_failed", invalid("idempotency_key", "too long"));
        assertAppRefused(
                call("app.send_input", Map.of("target_agent_id", SLAVE, "payload", Map.of("x", "y".repeat(16_384)))),
                "validation_failed",
                invalid("payload", "too large"));
        assertAppRefused(send("nobody"), "agent_not_found", Map.of("agent_id", "nobody"));
    }

    @Test
    void the_gate_blocks_or_refuses() {
        assertThat(appResult(send(SHELL)).path("state").asText()).isEqualTo("blocked");
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'");
        assertAppRefused(send(SLAVE), "routing_disabled", Map.of());
        assertThat(files.value("SELECT COUNT(*) FROM message_queue")).isEqualTo(2);
    }

    @Test
    void a_hundred_requests_with_one_key_make_one_message() throws Exception {
        Map<String, Object> params = Map.of("target_agent_id", SLAVE, "payload", PAYLOAD, "idempotency_key", "once");
        ExecutorService clients = Executors.newFixedThreadPool(20);
        Set<String> ids = new HashSet<>();
        int first = 0;
        try {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(clients.submit(() -> call("app.send_input", params)));
            }
            for (Future<JsonNode> answer : answers) {
                JsonNode sent = appResult(answer.get());
                ids.add(sent.path("message_id").asText());
                first += sent.path("deduplicated").asBoolean() ? 0 : 1;
                assertThat(sent.path("state").asText()).isEqualTo("queued");
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(ids).hasSize(1);
        assertThat(first).isEqualTo(1);
        assertThat(files.value("SELECT COUNT(*) FROM message_queue")).isEqualTo(1);
        assertAppRefused(
                call("app.send_input", Map.of("target_agent_id", SHELL, "payload", PAYLOAD, "idempotency_key", "once")),
                "validation_failed",
                invalid("idempotency_key", "reused with another target or payload"));
    }

    @Test
    void decisions_show_the_message() {
        TOWER.sql("UPDATE daemon_state SET value = 'disabled'");
        send(SLAVE);
        TOWER.sql("UPDATE message_queue SET state = 'queued', block_reason = NULL");
        String id = String.valueOf(files.value("SELECT message_id FROM message_queue"));
        Map<String, Object> it = Map.of("message_id", id);
        assertAppRefused(
                call("app.queue.delay", it), "validation_failed", invalid("delay_ms", "missing or wrong type"));
        JsonNode delayed = appResult(call("app.queue.delay", Map.of("message_id", id, "delay_ms", 0)))
                .path("row");
        assertThat(keys(delayed))
                .containsExactly(
                        "message_id",
                        "state",
                        "state_priority",
                        "block_reason",
                        "failure_reason",
                        "sender_agent_id",
                        "target_agent_id",
                        "payload_preview",
                        "enqueued_at",
                        "last_updated_at");
        assertThat(delayed.path("block_reason").asText()).isEqualTo("operator_delayed");
        assertThat(delayed.path("payload_preview").asText()).isEqualTo("{\"kind\": \"prompt\"}");
        assertThat(appResult(call("app.queue.detail", it)).path("row")).isEqualTo(delayed);
        assertThat(appResult(call("app.queue.approve", it))
                        .path("row")
                        .path("state")
                        .asText())
                .isEqualTo("queued");
        assertAppRefused(call("app.queue.approve", it), "stale_object", Map.of());
        assertThat(appResult(call("app.queue.cancel", it))
                        .path("row")
                        .path("state")
                        .asText())
                .isEqualTo("canceled");
        assertAppRefused(call("app.queue.cancel", it), "stale_object", Map.of());
        for (String method : List.of("app.queue.approve", "app.queue.cancel", "app.queue.detail")) {
            assertAppRefused(
                    call(method, Map.of("message_id", "m")), "queue_message_not_found", Map.of("message_id", "m"));
            assertAppRefused(
                    call(method, Map.of()), "validation_failed", invalid("message_id", "missing or wrong type"));
        }
    }

    @Test
    void messages_are_listed_by_state_and_time() {
        world.message("m1", "delivered", "2026-05-19T01:00:00.000Z")
                .message("m2", "blocked", "2026-05-19T02:00:00.000Z")
                .message("m3", "delivered", "2026-05-19T03:00:00.000Z");
        assertThat(ids(Map.of())).containsExactly("m2", "m1", "m3");
        assertThat(ids(Map.of("order_by", "enqueued_at:desc"))).containsExactly("m3", "m2", "m1");
        assertThat(ids(Map.of("filters", Map.of("state", "delivered")))).containsExactly("m1", "m3");
        assertThat(ids(Map.of("filters", Map.of("since", "2026-05-19T02:00:00Z"))))
                .containsExactly("m2", "m3");
        assertThat(ids(Map.of("filters", Map.of("until", 1_779_156_000_000L)))).containsExactly("m2", "m1");
        assertThat(ids(Map.of("filters", Map.of("target_agent_id", "nobody")))).isEmpty();
        assertAppRefused(
                call(
                        "app.queue.list",
                        Map.of("filters", Map.of("since", "2026-05-19T03:00:00Z", "until", "2026-05-19T02:00:00Z"))),
                "validation_failed",
                invalid("since", "after until"));
        assertAppRefused(
                call("app.queue.list", Map.of("filters", Map.of("since", true))),
                "validation_failed",
                invalid("since", "wrong type"));
        assertAppRefused(
                call("app.queue.list", Map.of("filters", Map.of("state", "queued%"))),
                "validation_failed",
                invalid("state", "operator syntax not supported"));
    }

    private static List<String> ids(Map<String, ?> params) {
        return each(appResult(call("app.queue.list", params)).path("rows"), "message_id");
    }
}
