package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.WireConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FaultsTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    private static void assertTellsNothing(JsonNode answer) {
        assertThat(answer.toString())
                .doesNotContainIgnoringCase("sqlite")
                .doesNotContain("/tmp/", "Exception", "agents");
    }

    @Test
    void a_fault_inside_is_answered_in_general_words_and_explained_in_the_log() {
        tower.start();
        String token = tower.hello();
        tower.sql("ALTER TABLE agents RENAME TO gone");
        JsonNode older = tower.call("list_agents");
        refusal(older, "internal_error");
        assertTellsNothing(older);
        JsonNode panel = tower.call("app.agent.list", Map.of("app_session_token", token));
        assertAppRefused(panel, "internal_error", Map.of());
        assertTellsNothing(panel);
        assertThat(tower.log()).contains("list_agents", "app.agent.list", "no such table: agents");
        JsonNode dashboard = appResult(tower.call("app.dashboard", Map.of("app_session_token", token)));
        assertThat(dashboard.path("counts").path("agents").path("total").asInt(-1))
                .isZero();
        assertThat(dashboard.path("recommended_next_action").path("target"))
                .isEqualTo(json("{\"kind\":\"subsystem\",\"id\":\"sqlite\"}"));
        tower.sql("ALTER TABLE gone RENAME TO agents");
        result(tower.call("list_agents"));
    }

    @Test
    void a_column_that_cannot_be_read_is_a_fault() {
        tower.start();
        new World(tower).container("c1", "bench", true);
        tower.sql("UPDATE containers SET labels_json = 'nonsense'");
        refusal(tower.call("list_containers"), "internal_error");
        result(tower.call("ping"));
    }

    @Test
    void an_answer_under_way_is_sent_although_the_daemon_stops() throws IOException {
        tower.script("AGENTTOWER_TEST_DOCKER_FAKE", "{\"list_running\":{\"delay_ms\":400}}")
                .start();
        ProcessHandle daemon = tower.handle();
        try (WireConnection connection = tower.connect()) {
            connection.send("{\"method\":\"scan_containers\"}\n");
            await().until(() -> tower.events().contains("scan_started"));
            result(tower.call("shutdown"));
            assertThat(result(json(connection.readLine().orElseThrow()))
                            .path("status")
                            .asText())
                    .isEqualTo("ok");
        }
        DaemonProcess.awaitEnd(daemon);
        assertThat(tower.events()).endsWith("scan_completed", "daemon_exited");
        assertThat(new TowerFiles(tower).value("SELECT status FROM container_scans"))
                .isEqualTo("ok");
    }

    @Test
    void two_thousand_connections_that_say_nothing_do_not_keep_others_from_their_answer() throws IOException {
        tower.start();
        List<WireConnection> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 2000; i++) {
                silent.add(tower.connect());
            }
            for (int i = 0; i < 5; i++) {
                result(tower.call("ping"));
            }
        } finally {
            for (WireConnection connection : silent) {
                connection.close();
            }
        }
        result(tower.call("status"));
    }
}
