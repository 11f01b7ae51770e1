package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.keys;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.FakeDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LifecycleCommandsTest {
    private static final String NOBODY = "error: no reachable daemon to stop\n";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    @Test
    void ensure_daemon_needs_an_initialised_tower() {
        CommandResult refused = tower.run("ensure-daemon", "--json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isEqualTo("error: agenttower is not initialized: run `agenttower config init`\n");
    }

    @Test
    void a_daemon_is_started_asked_and_stopped() {
        tower.init();
        String state = tower.paths().stateDir().toString();
        String socket = tower.paths().socket().toString();

        JsonNode started = json(tower.run("ensure-daemon", "--json").orThrow().out());
        assertThat(keys(started)).containsExactly("ok", "started", "pid", "socket_path", "state_path");
        assertThat(started.path("ok").asBoolean()).isTrue();
        assertThat(started.path("started").asBoolean()).isTrue();
        assertThat(started.path("pid").asLong()).isEqualTo(tower.pid());
        assertThat(started.path("socket_path").asText()).isEqualTo(socket);
        assertThat(started.path("state_path").asText()).isEqualTo(state);

        JsonNode again = json(tower.run("ensure-daemon", "--js").orThrow().out());
        assertThat(again.path("started").asBoolean(true)).isFalse();
        assertThat(again.path("pid")).isEqualTo(started.path("pid"));
        assertThat(tower.run("ensure-daemon").orThrow().out())
                .isEqualTo("agenttowerd ready: pid=" + tower.pid() + " socket=" + socket + " state=" + state + "\n");

        status(state, socket);
        assertThat(tower.run("stop-daemon").orThrow().out())
                .isEqualTo("agenttowerd stopped: socket=" + socket + " state=" + state + "\n");
        assertThat(tower.paths().socket()).doesNotExist();
        assertThat(tower.paths().pidFile()).doesNotExist();
        for (String option : new String[] {"", "--json"}) {
            CommandResult nobody = option.isEmpty() ? tower.run("stop-daemon") : tower.run("stop-daemon", option);
            assertThat(nobody.exitCode()).isEqualTo(2);
            assertThat(nobody.out()).isEmpty();
            assertThat(nobody.err()).isEqualTo(NOBODY);
        }
    }

    private void status(String state, String socket) {
        CommandResult text = tower.run("status").orThrow();
        assertThat(text.err()).isEmpty();
        assertThat(text.outLines()).hasSize(6);
        assertThat(text.outLines().get(0)).isEqualTo("alive=true");
        assertThat(text.outLines().get(1)).isEqualTo("pid=" + tower.pid());
        assertThat(text.outLines().get(2)).matches("start_time=.*\\.\\d{6}\\+00:00");
        assertThat(text.outLines().get(3)).matches("uptime_seconds=\\d+");
        assertThat(text.outLines().get(4)).isEqualTo("socket_path=" + socket);
        assertThat(text.outLines().get(5)).isEqualTo("state_path=" + state);
        CommandResult asJson = tower.run("status", "--json").orThrow();
        assertThat(asJson.out()).hasLineCount(1);
        assertThat(result(json(asJson.out())).path("pid").asLong()).isEqualTo(tower.pid());
    }

    @Test
    void a_daemon_is_stopped_through_another_name_of_its_socket() throws IOException {
        tower.start();
        Path link = Files.createSymbolicLink(
                tower.home().resolve("link"), tower.paths().socket());
        tower.with("AGENTTOWER_SOCKET", link.toString());
        JsonNode stopped = json(tower.run("stop-daemon", "--json").orThrow().out());
        assertThat(keys(stopped)).containsExactly("ok", "stopped", "socket_path", "state_path");
        assertThat(stopped.path("ok").asBoolean()).isTrue();
        assertThat(stopped.path("stopped").asBoolean()).isTrue();
        assertThat(stopped.path("socket_path").asText()).isEqualTo(link.toString());
        assertThat(stopped.path("state_path").asText())
                .isEqualTo(tower.paths().stateDir().toString());
    }

    @Test
    void an_error_of_the_daemon_is_told_in_two_lines() throws IOException {
        Path socket = tower.home().resolve("fake.sock");
        tower.with("AGENTTOWER_SOCKET", socket.toString());
        try (FakeDaemon daemon = new FakeDaemon(
                socket, "{\"ok\":false,\"error\":{\"code\":\"internal_error\",\"message\":\"broken\"}}")) {
            assertThat(daemon).isNotNull();
            for (String command : new String[] {"status", "status --json", "stop-daemon", "stop-daemon --json"}) {
                CommandResult refused = tower.run(command.split(" "));
                assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(3);
                assertThat(refused.out()).isEmpty();
                assertThat(refused.err()).isEqualTo("error: broken\ncode: internal_error\n");
            }
            CommandResult listing = tower.run("list-panes", "--json");
            assertThat(listing.exitCode()).isEqualTo(3);
            assertThat(listing.err()).isEmpty();
            assertThat(Answers.refusal(json(listing.out()), "internal_error")).isEqualTo("broken");
        }
    }

    @Test
    void a_daemon_that_stays_after_it_was_stopped_is_reported() throws IOException {
        Path socket = tower.home().resolve("fake.sock");
        tower.with("AGENTTOWER_SOCKET", socket.toString());
        try (FakeDaemon daemon = new FakeDaemon(socket, "{\"ok\":true,\"result\":{\"shutting_down\":true}}")) {
            assertThat(daemon).isNotNull();
            CommandResult stays = tower.run("stop-daemon");
            assertThat(stays.exitCode()).isEqualTo(3);
            assertThat(stays.out()).isEmpty();
            assertThat(stays.err()).isEqualTo("error: daemon acknowledged shutdown but socket is still reachable\n");
        }
    }

    @Test
    void a_live_daemon_counts_more_than_open_folders() throws IOException {
        tower.start();
        Files.setPosixFilePermissions(tower.paths().logsDir(), PosixFilePermissions.fromString("rwxr-xr-x"));
        tower.run("ensure-daemon").orThrow();
        tower.stop();
        CommandResult refused = tower.run("ensure-daemon");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("error: unsafe permissions on " + tower.paths().logsDir()
                        + ": mode is 0o755, expected 0o700\n");
    }

    @Test
    void a_database_of_others_with_their_own_ids_is_served() {
        tower.init();
        World world = new World(tower);
        world.container("c1", "bench-one", true)
                .pane("c1", 0, true)
                .pane("c1", 1, true)
                .pane("c1", 2, true);
        world.agent("a1", "c1", 0, "master", "shell", "agent", true);
        tower.start();
        assertThat(result(tower.call("list_panes")).path("panes")).hasSize(3);
        assertThat(result(tower.call("list_agents"))
                        .path("agents")
                        .path(0)
                        .path("agent_id")
                        .asText())
                .isEqualTo("a1");
    }
}
