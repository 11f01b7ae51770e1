package dev.agenttower.socket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.socket.server.transport.Client;
import dev.agenttower.socket.server.wire.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    @TempDir
    Path dir;

    private TowerFixture tower;

    @BeforeEach
    void start() throws IOException {
        tower = new TowerFixture(dir);
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    /** Sends bytes, one for each char, ends the stream and reads the one answer. */
    private JsonNode raw(String bytes) throws IOException {
        try (Client client = Client.connect(tower.socket)) {
            String answer = client.send(bytes.getBytes(ISO_8859_1)).endOutput().readAll();
            assertThat(answer).endsWith("\n").containsOnlyOnce("\n");
            return TowerFixture.MAPPER.readTree(answer);
        }
    }

    private static void assertLegacy(JsonNode answer, String code) {
        assertThat(answer.fieldNames()).toIterable().containsExactly("ok", "error");
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(answer.path("error").fieldNames()).toIterable().containsExactly("code", "message");
        assertThat(answer.path("error").path("code").asText()).isEqualTo(code);
    }

    private static void assertApp(JsonNode answer, String code) {
        assertThat(answer.fieldNames()).toIterable().containsExactly("ok", "app_contract_version", "error");
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(answer.path("app_contract_version").asText()).isEqualTo("1.1");
        assertThat(answer.path("error").fieldNames()).toIterable().containsExactly("code", "message", "details");
        assertThat(answer.path("error").path("code").asText()).isEqualTo(code);
    }

    static Stream<List<String>> malformed() {
        return Stream.of(
                List.of("{\"method\":\"app.preflight\"}", "missing newline terminator"),
                List.of("{\"method\": \"app.preflight\"}", "missing newline terminator"),
                List.of("\n", "empty line"),
                List.of("\nmore\n", "empty line"),
                List.of("{\"method\":\r\"app.preflight\"}\n", "stray CR"),
                List.of("{\"method\":\"ping\"}\r\n", "stray CR"),
                List.of("{\"method\":\"app.\0preflight\"}\n", "embedded NUL"),
                List.of("ping\0\n", "embedded NUL"),
                List.of("{\"method\":\"app.x\",\"y\":\"\u00ff\"}\n", "invalid utf-8"),
                List.of("{\"method\":\"app.preflight\"}  {\"extra\":true}\n", "trailing content"),
                List.of("{\"method\":\"app.preflight\"}x\n", "trailing content"),
                List.of("{\"method\" : \"app.preflight\"}x\n", "trailing content"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_malformed_line_names_its_reason(List<String> lineAndReason) throws IOException {
        JsonNode answer = raw(lineAndReason.get(0));

        assertApp(answer, "malformed_request");
        assertThat(answer.path("error").path("details").toString())
                .isEqualTo("{\"reason\":\"" + lineAndReason.get(1) + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"app.preflight\n",
                "{\"method\":\"app.preflight\",}\n",
                "{\"method\":\"app.preflight\",\"params\":{\"x\":NaN}}\n",
                "{\"method\":\"app.preflight\",\"params\":{\"x\":-Infinity}}\n",
                "{\"method\":\"app.preflight\",\"params\":{'x':1}}\n"
            })
    void a_line_for_the_contract_that_is_no_json_says_why(String line) throws IOException {
        JsonNode answer = raw(line);

        assertApp(answer, "malformed_request");
        assertThat(answer.path("error").path("details").path("reason").asText()).startsWith("json decode error: ");
    }

    static Stream<List<String>> legacy() {
        return Stream.of(
                List.of("", "bad_json"),
                List.of("{\"method\":\"ping\"}", "bad_request"),
                List.of("\u00ff\u00feoops\n", "bad_json"),
                List.of("oops\n", "bad_json"),
                List.of("   \n", "bad_json"),
                List.of("{\"method\":\"ping\",\"x\":NaN}\n", "bad_json"),
                List.of("{\"method\":\"ping\",\"x\":Infinity}\n", "bad_json"),
                List.of("{\"method\":\"ping\"} x\n", "bad_request"),
                List.of("{\"method\":\"ping\"}{\"method\":\"ping\"}\n", "bad_request"),
                List.of("[1,2,3]\n", "bad_request"),
                List.of("17\n", "bad_request"),
                List.of("17x\n", "bad_request"),
                List.of("truefalse\n", "bad_request"),
                List.of("null\n", "bad_request"),
                List.of("\"app.preflight\"\n", "bad_request"),
                List.of("{}\n", "bad_request"),
                List.of("{\"method\":\"\"}\n", "bad_request"),
                List.of("{\"method\":7}\n", "bad_request"),
                List.of("{\"method\":null}\n", "bad_request"),
                List.of("{\"method\":\"ping\",\"params\":[]}\n", "bad_request"),
                List.of("{\"method\":\"ping\",\"params\":null}\n", "bad_request"),
                List.of("{\"method\":\"app.preflight\",\"params\":null}\n", "bad_request"),
                List.of("{\"method\":\"no_such\",\"params\":7}\n", "bad_request"),
                List.of("{\"method\":\"frobnicate\"}\n", "unknown_method"),
                List.of("{\"method\":\"apple\"}\n", "unknown_method"));
    }

    @ParameterizedTest
    @MethodSource("legacy")
    void other_malformed_requests_are_answered_in_the_older_form(List<String> lineAndCode) throws IOException {
        assertLegacy(raw(lineAndCode.get(0)), lineAndCode.get(1));
        assertThat(tower.call("ping", null).toString()).isEqualTo("{\"ok\":true,\"result\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"ping\"}\n",
                "  {\"method\":\"ping\"}  \t \n",
                "{\"method\":\"ping\",\"params\":{}}\n",
                "{\"method\":\"ping\",\"params\":{\"x\":[1,{}]},\"other\":true}\n",
                "{\"method\":\"no_such\",\"method\":\"ping\"}\n",
                "{\"method\":\"ping\"}\n{\"method\":\"ping\"}\n",
                "{\"method\":\"ping\"}\n\u0000\r\u00ff"
            })
    void what_is_well_formed_is_answered_once(String line) throws IOException {
        assertThat(raw(line).toString()).isEqualTo("{\"ok\":true,\"result\":{}}");
    }

    @Test
    void a_long_line_is_refused_in_the_form_it_looks_like() throws IOException {
        String padding = "a".repeat(70_000);

        assertLegacy(tower.ask("{\"method\":\"ping\",\"junk\":\"" + padding + "\"}"), "request_too_large");
        JsonNode answer = tower.ask("{\"method\":\"app.preflight\",\"junk\":\"" + padding + "\"}");
        assertApp(answer, "payload_too_large");
        assertThat(answer.path("error").path("details").toString())
                .isEqualTo("{\"size_limit_bytes\":65536,\"actual_size_bytes\":65537}");
    }

    @Test
    void the_limit_counts_the_newline() throws IOException {
        String head = "{\"method\":\"ping\",\"junk\":\"";
        String fits = head + "a".repeat(65_536 - 1 - head.length() - 2) + "\"}";

        assertThat(tower.ask(fits).path("ok").asBoolean()).isTrue();
        assertLegacy(tower.ask(fits + " "), "request_too_large");
    }

    @Test
    void only_the_first_two_kilobytes_decide_what_a_line_looks_like() throws IOException {
        String late = "{\"junk\":\"" + "a".repeat(2_048) + "\",\"method\":\"app.preflight\"";

        assertLegacy(raw(late + ",}\n"), "bad_json");
    }

    @Test
    void deep_nesting_is_no_json() throws IOException {
        String deep = "[".repeat(30_000);

        assertLegacy(raw("{\"method\":\"ping\",\"x\":" + deep + "\n"), "bad_json");
        assertApp(raw("{\"method\":\"app.preflight\",\"x\":" + deep + "\n"), "malformed_request");
        String allowed = "[".repeat(JsonText.MAX_DEPTH - 1) + "]".repeat(JsonText.MAX_DEPTH - 1);
        assertThat(raw("{\"method\":\"ping\",\"x\":" + allowed + "}\n")
                        .path("ok")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"app.foo.bar", "app.dashboard.refresh", "app.unknown", "app.", "app.event.list", "app.send_input"})
    void a_method_that_the_contract_does_not_have_is_unknown(String method) throws IOException {
        JsonNode answer = tower.call(method, null);

        assertApp(answer, "unknown_method");
        assertThat(answer.path("error").path("details").toString()).isEqualTo("{}");
        assertThat(tower.audit.records()).isEmpty();
        assertThat(tower.appAudit.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"app.foo.bar", "app.preflight", "app.hello", "app.dashboard", "app.agent.update"})
    void whoever_is_not_on_the_host_learns_nothing(String method) throws IOException {
        tower.onHost = false;

        JsonNode answer = tower.call(method, TowerFixture.params("{'client_id': 7}"));

        assertApp(answer, "host_only");
        assertThat(answer.path("error").path("details").toString()).isEqualTo("{}");
        assertThat(tower.call("ping", null).path("ok").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'app_session_token': ''}", "{'app_session_token': 7}", "{'app_session_token': null}"})
    void a_session_is_asked_for_before_parameters_are_looked_at(String params) throws IOException {
        JsonNode answer = tower.call("app.agent.update", TowerFixture.params(params));

        assertApp(answer, "app_session_required");
        assertThat(answer.path("error").path("details").toString()).isEqualTo("{}");
    }

    @Test
    void a_session_that_nobody_opened_is_expired() throws IOException {
        assertApp(
                tower.call("app.readiness", TowerFixture.params("{'app_session_token': 'made-up'}")),
                "app_session_expired");
    }

    @Test
    void a_token_beside_the_parameters_does_not_count() throws IOException {
        assertApp(
                tower.ask("{\"method\":\"app.readiness\",\"app_session_token\":\"" + tower.token() + "\"}"),
                "app_session_required");
    }

    @Test
    void half_a_surrogate_pair_is_repeated_as_it_came() throws IOException {
        JsonNode answer = raw("{\"method\":\"list_panes\",\"params\":{\"container\":\"\\ud800\"}}\n");

        assertThat(answer.path("result").path("container_filter").textValue()).isEqualTo("\ud800");
    }

    @Test
    void a_connection_is_kept_for_requests_that_ask_for_it() throws IOException {
        try (Client client = Client.connect(tower.socket)) {
            String keep = "{\"method\":\"ping\",\"keep_alive\":true}\n";
            assertThat(client.send(keep).readLine()).isEqualTo("{\"ok\":true,\"result\":{}}");
            assertThat(client.send("{\"method\":\"nope\",\"keep_alive\":true}\n")
                            .readLine())
                    .contains("unknown_method");
            assertThat(client.send("{\"method\":\"status\",\"keep_alive\":true}\n")
                            .readLine())
                    .contains("\"alive\":true");
            assertThat(client.send("{\"method\":\"app.hello\",\"keep_alive\":true}\n")
                            .readLine())
                    .contains("app_session_token");
            assertThat(client.send("{\"method\":\"ping\",\"keep_alive\":1}\n" + keep)
                            .readAll())
                    .isEqualTo("{\"ok\":true,\"result\":{}}\n");
        }
    }

    @Test
    void another_user_is_refused_unread_and_reported(@TempDir Path other) throws IOException {
        List<String> reported = new ArrayList<>();
        long uid = TowerFixture.ownUid(dir);
        var gate = new dev.agenttower.socket.server.gate.OwnUser(
                uid, (LifecycleEvent event, java.util.Map<String, ?> fields) -> reported.add(event.token() + fields));

        assertThat(gate.check(new Peer(uid, 1))).isNull();
        assertThat(gate.check(new Peer(Peer.UNKNOWN, Peer.UNKNOWN))).isNull();
        var refusal = gate.check(new Peer(uid + 1, 1));

        assertThat(refusal.envelope().failure(refusal.failure()).toString())
                .isEqualTo("{\"ok\":false,\"error\":{\"code\":\"internal_error\","
                        + "\"message\":\"request refused: peer credential check failed\"}}");
        assertThat(reported)
                .containsExactly("socket_peer_uid_mismatch{observed_uid=" + (uid + 1) + ", expected_uid=" + uid + "}");
    }
}
