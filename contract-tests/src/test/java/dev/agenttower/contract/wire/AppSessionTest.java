package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appRefusal;
import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.assertInvalid;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.result;
import static dev.agenttower.contract.wire.Answers.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens seven sessions at most: an eighth is the last that is granted. */
final class AppSessionTest {
    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    @BeforeAll
    static void start() {
        TOWER.script("AGENTTOWER_TEST_DOCKER_FAKE", "{}")
                .script("AGENTTOWER_TEST_TMUX_FAKE", "{}")
                .start();
    }

    @Test
    void preflight_asks_for_nothing() {
        JsonNode expected = json("{\"socket_reachable\":true,\"daemon_reachable\":true,\"code\":\"ok\"}");
        assertThat(appResult(TOWER.call("app.preflight"))).isEqualTo(expected);
        assertThat(appResult(TOWER.call("app.preflight", Map.of("client_id", 7, "x", List.of()))))
                .isEqualTo(expected);
    }

    @Test
    void hello_opens_a_session_and_tells_the_versions() {
        JsonNode hello = appResult(TOWER.call("app.hello"));
        assertThat(keys(hello))
                .containsExactlyInAnyOrder(
                        "app_session_token",
                        "app_session_id",
                        "daemon_version",
                        "schema_version",
                        "app_contract_version",
                        "supported_minor_range",
                        "host_user_id",
                        "capability_flags",
                        "state");
        assertThat(UUID.fromString(hello.path("app_session_token").asText()))
                .hasToString(hello.path("app_session_token").asText())
                .satisfies(token -> assertThat(token.version()).isEqualTo(4));
        assertThat(hello.path("app_session_id").isIntegralNumber()).isTrue();
        assertThat(hello.path("app_session_id").asLong()).isPositive();
        assertThat(hello.path("daemon_version").asText()).isEqualTo("0.1.0");
        assertThat(hello.path("schema_version")).isEqualTo(tree(8));
        assertThat(hello.path("app_contract_version").asText()).isEqualTo("1.1");
        assertThat(hello.path("supported_minor_range")).isEqualTo(json("{\"min\":\"1.0\",\"max\":\"1.1\"}"));
        assertThat(hello.path("host_user_id").isTextual()).isTrue();
        assertThat(hello.path("host_user_id").asText()).matches("\\d+");
        assertThat(hello.path("capability_flags")).isEqualTo(tree(Map.of()));
        assertThat(hello.path("state").asText()).isEqualTo("ok");
        JsonNode next = appResult(TOWER.call("app.hello"));
        assertThat(next.path("app_session_token")).isNotEqualTo(hello.path("app_session_token"));
        assertThat(next.path("app_session_id").asLong())
                .isGreaterThan(hello.path("app_session_id").asLong());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client_id | 7 | must be a string",
                "client_id | [] | must be a string",
                "client_version | true | must be a string",
                "client_app_contract_major | \"1\" | must be an integer",
                "client_app_contract_major | true | must be an integer",
                "client_app_contract_major | 1.0 | must be an integer",
                "client_app_contract_major | 1.5 | must be an integer",
                "client_app_contract_major | 0 | must be >= 1",
                "client_app_contract_major | -3 | must be >= 1"
            })
    void hello_refuses_what_breaks_a_rule(String field, String value, String reason) {
        assertInvalid(
                TOWER.exchange("{\"method\":\"app.hello\",\"params\":{\"" + field + "\":" + value + "}}"),
                field,
                reason);
    }

    @Test
    void hello_checks_its_parameters_in_order() {
        String longId = "\"client_id\":\"" + "ü".repeat(129) + "\"";
        String longVersion = "\"client_version\":\"" + "v".repeat(65) + "\"";
        String major = "\"client_app_contract_major\":";
        assertInvalid(hello(longId, longVersion, major + "0"), "client_id", "max length 128");
        assertInvalid(hello(longVersion, major + "0"), "client_version", "max length 64");
        assertInvalid(hello(major + "0"), "client_app_contract_major", "must be >= 1");
        appResult(hello("\"client_id\":\"" + "ü".repeat(128) + "\"", "\"client_version\":\"" + "v".repeat(64) + "\""));
        appResult(hello("\"client_id\":null", "\"client_version\":null", major + "null"));
        appResult(hello(major + "1"));
    }

    private static JsonNode hello(String... params) {
        return TOWER.exchange("{\"method\":\"app.hello\",\"params\":{" + String.join(",", params) + "}}");
    }

    @Test
    void another_major_version_gets_no_session() {
        for (int major : new int[] {2, 99}) {
            JsonNode answer = TOWER.call("app.hello", Map.of("client_app_contract_major", major));
            assertAppRefused(
                    answer,
                    "app_contract_major_unsupported",
                    Map.of("daemon_app_contract_version", "1.1", "client_app_contract_major", major));
        }
    }

    @Test
    void a_session_works_on_every_connection() {
        String token = TOWER.hello();
        for (int i = 0; i < 3; i++) {
            appResult(TOWER.call("app.readiness", Map.of("app_session_token", token)));
        }
        assertAppRefused(
                TOWER.call("app.readiness", Map.of("app_session_token", token + "x")), "app_session_expired", Map.of());
        assertThat(appRefusal(TOWER.call("app.readiness"), "app_session_required"))
                .isEmpty();
    }

    @Test
    void a_token_is_written_nowhere() throws IOException {
        String token = TOWER.hello();
        Map<String, Object> session = Map.of("app_session_token", token, "client_id", "secret-client");
        for (String method : List.of(
                "app.readiness",
                "app.dashboard",
                "app.container.list",
                "app.pane.detail",
                "app.agent.update",
                "app.agent.register_from_pane",
                "app.scan.panes",
                "app.unknown")) {
            TOWER.call(method, session);
        }
        result(TOWER.call("status", session));
        try (Stream<Path> files = Files.walk(TOWER.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(token, "secret-client");
            }
        }
        assertThat(TOWER.paths().events()).doesNotExist();
    }
}
