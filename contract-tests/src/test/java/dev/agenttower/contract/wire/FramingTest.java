package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appRefusal;
import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.WireConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FramingTest {
    private static final int LIMIT = 65_536;

    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    @BeforeAll
    static void start() {
        TOWER.start();
    }

    /** Whatever came before, the next client is served. */
    @AfterEach
    void the_daemon_still_answers() {
        assertThat(result(TOWER.call("ping"))).isEmpty();
    }

    /** Sends bytes, says that nothing follows, and gives the only answer. */
    private static JsonNode answerTo(byte[] bytes) {
        try (WireConnection connection = TOWER.connect()) {
            connection.send(bytes).endOutput();
            String answer = connection.readLine().orElseThrow();
            assertThat(connection.readLine()).as("a second answer").isEmpty();
            return json(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode answerTo(String text) {
        return answerTo(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(String start, int length) {
        return start + "a".repeat(length - start.length() - 3) + "\"}\n";
    }

    @Test
    void nothing_at_all_is_bad_json() {
        refusal(answerTo(""), "bad_json");
    }

    @Test
    void a_line_of_65536_bytes_with_its_end_is_read() {
        assertThat(line("{\"method\":\"ping\",\"x\":\"", LIMIT)).hasSize(LIMIT);
        assertThat(result(answerTo(line("{\"method\":\"ping\",\"x\":\"", LIMIT))))
                .isEmpty();
        appResult(answerTo(line("{\"method\":\"app.preflight\",\"x\":\"", LIMIT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 66 * 1024, 70_000, 1_000_000})
    void a_longer_line_is_refused_and_the_client_hears_of_it(int length) {
        assertThat(refusal(answerTo(line("{\"method\":\"ping\",\"x\":\"", length)), "request_too_large"))
                .contains("65536");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 70_000})
    void a_longer_line_for_the_contract_is_refused_with_its_sizes(int length) {
        JsonNode details =
                appRefusal(answerTo(line("{\"method\":\"app.preflight\",\"x\":\"", length)), "payload_too_large");
        assertThat(details.size()).isEqualTo(2);
        assertThat(details.path("size_limit_bytes").asInt()).isEqualTo(LIMIT);
        assertThat(details.path("actual_size_bytes").asInt()).isGreaterThan(LIMIT);
    }

    @Test
    void a_line_that_never_ends_is_refused_as_soon_as_it_is_too_long() throws IOException {
        try (WireConnection connection = TOWER.connect()) {
            connection.send("x".repeat(LIMIT + 1));
            refusal(json(connection.readLine().orElseThrow()), "request_too_large");
        }
    }

    @Test
    void the_name_of_the_contract_counts_only_in_the_first_2048_bytes() {
        String late = "{\"x\":\"" + "a".repeat(2048) + "\",\"method\":\"app.preflight\",\"y\":\"";
        refusal(answerTo(late + "\",}\n"), "bad_json");
        refusal(answerTo(line(late, 70_000)), "request_too_large");
        String spaced = "{\"method\": \"app.preflight\",\"y\":\"";
        appRefusal(answerTo(line(spaced, 70_000)), "payload_too_large");
    }

    @Test
    void a_line_without_end() {
        refusal(answerTo("{\"method\":\"ping\"}"), "bad_request");
        malformed(answerTo("{\"method\":\"app.preflight\"}"), "missing newline terminator");
    }

    private static void malformed(JsonNode answer, String reason) {
        assertAppRefused(answer, "malformed_request", Map.of("reason", reason));
    }

    @Test
    void an_empty_line() {
        malformed(answerTo("\n"), "empty line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\r\"app.preflight\"}\n",
                "{\"method\":\"ping\"}\r\n",
                "\r\n",
                "\r\0\u00ff\n",
                "no json\r\n"
            })
    void a_carriage_return_anywhere(String line) {
        malformed(answerTo(line), "stray CR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"method\":\"app.\0preflight\"}\n", "{\"method\":\"ping\"}\0\n", "\0\n", "no json\0\n"})
    void a_nul_anywhere(String line) {
        malformed(answerTo(line), "embedded NUL");
    }

    @Test
    void bytes_that_are_no_utf8() {
        refusal(answerTo(new byte[] {(byte) 0xff, (byte) 0xfe, 'o', 'o', 'p', 's', '\n'}), "bad_json");
        byte[] app = "{\"method\":\"app.preflight\",\"x\":\"?\"}\n".getBytes(StandardCharsets.US_ASCII);
        app[app.length - 4] = (byte) 0xc0;
        malformed(answerTo(app), "invalid utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oops\n",
                "{\"method\":\"ping\"\n",
                "{'method':'ping'}\n",
                "{\"method\":\"ping\",}\n",
                " \n",
                "{\"method\":\"ping\",\"params\":{\"x\":NaN}}\n",
                "{\"method\":\"ping\",\"params\":{\"x\":Infinity}}\n",
                "{\"method\":\"ping\",\"params\":{\"x\":-Infinity}}\n",
                "{\"method\":\"ping\",\"params\":{\"x\":01}}\n",
                "{\"method\":\"pi\tng\"}\n"
            })
    void text_that_is_no_json(String line) {
        refusal(answerTo(line), "bad_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"app.preflight\n",
                "{\"method\": \"app.preflight\",}\n",
                "{\"method\":\"app.preflight\",\"params\":{\"x\":NaN}}\n",
                "{\"method\":\"app.preflight\",\"params\":{\"x\":-Infinity}}\n",
                "{\"method\":\"app.preflight\",\"params\":{'x':1}}\n"
            })
    void text_for_the_contract_that_is_no_json(String line) {
        JsonNode details = appRefusal(answerTo(line), "malformed_request");
        assertThat(details.size()).isEqualTo(1);
        assertThat(details.path("reason").asText()).startsWith("json decode error: ");
    }

    @Test
    void json_nested_without_measure_is_bad_json() {
        refusal(answerTo("{\"method\":\"ping\",\"x\":" + "[".repeat(30_000) + "\n"), "bad_json");
        refusal(answerTo("[".repeat(30_000) + "]".repeat(30_000) + "\n"), "bad_json");
    }

    @Test
    void more_text_after_the_request() {
        refusal(answerTo("{\"method\":\"ping\"} {\"extra\":true}\n"), "bad_request");
        refusal(answerTo("[1] 2\n"), "bad_request");
        malformed(answerTo("{\"method\":\"app.preflight\"}  {\"extra\":true}\n"), "trailing content");
        malformed(answerTo("{\"x\":1,\"method\" : \"app.preflight\"} x\n"), "trailing content");
    }

    @Test
    void blanks_around_a_request_do_not_matter() {
        assertThat(result(answerTo(" \t {\"method\":\"ping\"} \t \n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2,3]",
                "1",
                "17x",
                "truefalse",
                "null",
                "\"ping\"",
                "{}",
                "{\"method\":null}",
                "{\"method\":7}",
                "{\"method\":\"\"}",
                "{\"method\":\"ping\",\"params\":null}",
                "{\"method\":\"ping\",\"params\":[]}",
                "{\"method\":\"ping\",\"params\":\"x\"}",
                "{\"method\":\"frobnicate\",\"params\":[]}"
            })
    void a_request_of_another_shape(String request) {
        refusal(answerTo(request + "\n"), "bad_request");
    }

    @Test
    void a_request_to_the_contract_of_another_shape_is_refused() {
        JsonNode answer = answerTo("{\"method\":\"app.preflight\",\"params\":[]}\n");
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(answer.path("error").path("code").asText()).isIn("bad_request", "malformed_request");
    }

    @ParameterizedTest
    @CsvSource({"frobnicate", "PING", "apple", "ap.preflight", "app", "'ping '"})
    void an_unknown_method(String method) {
        assertThat(refusal(answerTo("{\"method\":\"" + method + "\"}\n"), "unknown_method"))
                .contains(method);
    }

    @Test
    void other_keys_of_a_request_are_ignored_and_the_last_of_two_equal_ones_counts() {
        assertThat(result(answerTo("{\"id\":1,\"method\":\"frobnicate\",\"method\":\"ping\",\"params\":{\"x\":1}}\n")))
                .isEmpty();
        appResult(answerTo("{\"app_session_token\":\"x\",\"method\":\"app.preflight\",\"jsonrpc\":\"2.0\"}\n"));
    }

    @Test
    void the_second_of_two_requests_in_one_send_gets_no_answer() {
        assertThat(result(answerTo("{\"method\":\"ping\"}\n{\"method\":\"ping\"}\n")))
                .isEmpty();
        assertThat(result(answerTo("{\"method\":\"ping\"}\nwhatever\r\0"))).isEmpty();
    }

    @Test
    void the_connection_ends_after_the_answer_also_where_the_client_keeps_its_side_open() throws IOException {
        try (WireConnection connection = TOWER.connect()) {
            connection.send("{\"method\":\"ping\"}\n");
            result(json(connection.readLine().orElseThrow()));
            assertThat(connection.readLine()).isEmpty();
        }
    }

    @Test
    void a_request_that_asks_for_it_keeps_the_connection() throws IOException {
        try (WireConnection connection = TOWER.connect()) {
            for (int i = 0; i < 3; i++) {
                connection.send("{\"method\":\"ping\",\"keep_alive\":true}\n");
                result(json(connection.readLine().orElseThrow()));
            }
            connection.send("{\"method\":\"app.preflight\",\"keep_alive\":true}\n{\"method\":\"ping\"}\n");
            appResult(json(connection.readLine().orElseThrow()));
            result(json(connection.readLine().orElseThrow()));
            assertThat(connection.readLine()).isEmpty();
        }
    }

    @Test
    void a_request_in_single_bytes_is_understood() throws IOException {
        try (WireConnection connection = TOWER.connect()) {
            for (byte each : "{\"method\":\"ping\"}\n".getBytes(StandardCharsets.US_ASCII)) {
                connection.send(new byte[] {each});
            }
            assertThat(result(json(connection.readLine().orElseThrow()))).isEmpty();
        }
    }

    @Test
    void a_client_that_leaves_without_its_answer_disturbs_nobody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (WireConnection connection = TOWER.connect()) {
                connection.send("{\"method\":\"status\"}\n");
            }
        }
    }
}
