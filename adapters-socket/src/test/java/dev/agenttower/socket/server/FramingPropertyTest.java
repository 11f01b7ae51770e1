package dev.agenttower.socket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.framing.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class FramingPropertyTest {
    private static final Set<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).collect(Collectors.toSet());

    private static Path dir;
    private static TowerFixture tower;

    @BeforeContainer
    static void start() throws IOException {
        dir = Files.createTempDirectory("frames");
        tower = new TowerFixture(dir);
    }

    @AfterContainer
    static void stop() throws IOException {
        tower.close();
        Files.delete(dir);
    }

    @Property(tries = 300)
    void any_bytes_get_one_answer_of_one_of_two_forms(@ForAll byte[] bytes) throws IOException {
        assertAnswered(bytes);
    }

    @Property(tries = 500)
    void what_is_nearly_a_request_gets_one_answer(@ForAll("nearRequests") String line) throws IOException {
        assertAnswered(line.getBytes(UTF_8));
    }

    @Provide
    Arbitrary<String> nearRequests() {
        Arbitrary<String> methods = Arbitraries.of(
                "ping",
                "status",
                "list_panes",
                "list_agents",
                "register_agent",
                "set_role",
                "app.preflight",
                "app.hello",
                "app.pane.list",
                "app.agent.register_from_pane",
                "app.x");
        Arbitrary<String> values = Arbitraries.of(
                "1",
                "-1",
                "1e999",
                "true",
                "null",
                "\"\"",
                "\"x\"",
                "[]",
                "{}",
                "{\"a\":1}",
                "NaN",
                "\"\\ud800\"",
                "9".repeat(30));
        Arbitrary<String> names = Arbitraries.of(
                "active_only",
                "container",
                "client_id",
                "client_app_contract_major",
                "limit",
                "agent_id",
                "role",
                "schema_version",
                "pane_composite_key",
                "container_id",
                "app_session_token");
        Arbitrary<String> params = Combinators.combine(names, values)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(4)
                .map(pairs -> "{" + String.join(",", pairs) + "}");
        Arbitrary<String> whole = Combinators.combine(methods, Arbitraries.oneOf(params, values))
                .as((method, given) -> "{\"method\":\"" + method + "\",\"params\":" + given + "}\n");
        Arbitrary<Integer> cut = Arbitraries.integers().between(0, 40);
        Arbitrary<String> junk = Arbitraries.of("", "", "", "\r", "\0", "\n", "}", "\u00e9", ",");
        return Combinators.combine(whole, cut, junk).as((line, at, inserted) -> {
            int place = Math.min(at, line.length());
            return line.substring(0, place) + inserted + line.substring(place);
        });
    }

    private static void assertAnswered(byte[] bytes) throws IOException {
        String answer;
        try (Client client = Client.connect(tower.socket)) {
            answer = client.send(bytes).endOutput().readAll();
        }
        assertThat(answer).endsWith("\n").containsOnlyOnce("\n").isASCII();
        JsonNode node = TowerFixture.MAPPER.readTree(answer);
        Set<String> keys = node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        if (node.path("ok").booleanValue()) {
            assertThat(keys).isIn(Set.of("ok", "result"), Set.of("ok", "result", "app_contract_version"));
            return;
        }
        assertThat(keys).isIn(Set.of("ok", "error"), Set.of("ok", "error", "app_contract_version"));
        assertThat(node.path("error").path("code").asText()).isIn(CODES).isNotEqualTo("internal_error");
        assertThat(node.path("error").path("message").asText()).isNotEmpty();
        assertThat(node.path("error").has("details")).isEqualTo(keys.size() == 3);
    }
}
