package dev.agenttower.socket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.caller.OwnUser;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.socket.server.framing.Client;
import dev.agenttower.socket.server.gate.Gates;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How lines become requests, where it takes more than bytes in and bytes out; the rest is tested against the running daemon. */
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
    @CsvSource({"app.foo.bar", "app.preflight", "app.hello", "app.dashboard", "app.agent.update"})
    void whoever_is_not_on_the_host_learns_nothing(String method) throws IOException {
        tower.onHost = false;

        JsonNode answer = tower.call(method, TowerFixture.params("{'client_id': 7}"));

        assertApp(answer, "host_only");
        assertThat(answer.path("error").path("details").toString()).isEqualTo("{}");
        assertThat(tower.call("ping", null).path("ok").asBoolean()).isTrue();
    }

    @Test
    void a_token_beside_the_parameters_does_not_count() throws IOException {
        assertApp(
                tower.ask("{\"method\":\"app.readiness\",\"app_session_token\":\"" + tower.token() + "\"}"),
                "app_session_required");
    }

    @Test
    void half_a_surrogate_pair_and_a_number_out_of_range_are_no_json() throws IOException {
        for (String value : List.of("\"\\ud800\"", "[\"\\udc00\\ud800\"]", "{\"\\ud800\":1}", "1e400", "[-1e999]")) {
            assertLegacy(raw("{\"method\":\"list_panes\",\"params\":{\"container\":" + value + "}}\n"), "bad_json");
        }
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
    void another_user_is_refused_unread_and_reported() throws IOException {
        List<String> reported = new ArrayList<>();
        long uid = TowerFixture.ownUid(dir);
        var gate =
                new OwnUser(uid, (LifecycleEvent event, Map<String, ?> fields) -> reported.add(event.token() + fields));

        assertThat(gate.admits(new Peer(uid, 1))).isTrue();
        assertThat(gate.admits(new Peer(Peer.UNKNOWN, Peer.UNKNOWN))).isTrue();
        assertThat(gate.admits(new Peer(uid + 1, 1))).isFalse();

        assertThat(Envelope.LEGACY.failure(Gates.OTHER_USER).toString())
                .isEqualTo("{\"ok\":false,\"error\":{\"code\":\"internal_error\","
                        + "\"message\":\"request refused: peer credential check failed\"}}");
        assertThat(reported)
                .containsExactly("socket_peer_uid_mismatch{observed_uid=" + (uid + 1) + ", expected_uid=" + uid + "}");
    }
}
