package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pane prints becomes an event, the event a prompt, and the prompt is typed into another pane, with real tmux. */
@Tag("tmux")
final class RoutedEventTest extends PromptedPane {
    private static final String ABORT = "_AGENTTOWER_FAULT_INJECT_ROUTING_TXN_ABORT";

    @Override
    DaemonProcess programs() {
        return DaemonProcess.scripted().without("AGENTTOWER_TEST_FORCE_HOST_PEER");
    }

    /** A shell whose output is recorded, and a master in whose name routes send. */
    private void addPanes() {
        tmux.run(SERVER, "new-session", "-d", "-s", "tests", "-x", "200", "-y", "50", "sh");
        tmux.run(SERVER, "new-session", "-d", "-s", "lead", "-x", "80", "-y", "24", "sh");
        tower.run("scan", "--panes").orThrow();
        tower.run("adopt", "--pane", "%1", "--role", "test-runner", "--label", "tests", "--attach-log")
                .orThrow();
        tower.run("adopt", "--pane", "%2", "--role", "unknown", "--label", "lead")
                .orThrow();
        tower.run("set-role", "--target", "lead", "--role", "master", "--confirm")
                .orThrow();
    }

    private String route() {
        JsonNode answer = tower.call(
                "routes.add",
                Map.of(
                        "event_type",
                        "test_failed",
                        "source_scope_kind",
                        "role",
                        "source_scope_value",
                        "role:test-runner",
                        "target_rule",
                        "explicit",
                        "target_value",
                        "worker",
                        "template",
                        "fix {event_excerpt}"));
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("result").path("route_id").asText();
    }

    private void fail(String test) {
        tmux.run(SERVER, "send-keys", "-t", "%1", "clear; printf 'FAILED %s::x\\n' " + test, "Enter");
    }

    @Test
    void a_failed_test_is_a_prompt_for_the_one_who_mends_it() throws IOException {
        addPanes();
        route();
        fail("a.py");
        await().atMost(PATIENCE).until(() -> count("fix FAILED a.py::x") == 1);
        JsonNode row = rows().path(0);
        assertThat(row.path("origin").asText()).isEqualTo("route");
        assertThat(row.path("sender").path("label").asText()).isEqualTo("lead");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Files.readString(tower.paths().events())).containsOnlyOnce("route_matched"));
    }

    @ParameterizedTest
    @CsvSource({"before_commit", "after_commit"})
    void a_daemon_that_is_killed_around_the_commit_routes_the_event_once(String step) throws IOException {
        addPanes();
        route();
        tower.run("stop-daemon").orThrow();
        tower.with(ABORT, step).run("ensure-daemon").orThrow();
        fail("b.py");
        await().atMost(PATIENCE)
                .until(() -> !tower.run("status").out().contains("alive=true")
                        || tower.run("status").exitCode() != 0);
        tower.without(ABORT).run("ensure-daemon").orThrow();
        await().atMost(PATIENCE).until(() -> count("fix FAILED b.py::x") == 1);
        fail("c.py");
        await().atMost(PATIENCE).until(() -> count("fix FAILED c.py::x") == 1);
        assertThat(count("fix FAILED b.py::x")).isEqualTo(1);
        assertThat(rows()).hasSize(2);
    }
}
