package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent stays with its pane wherever tmux puts that, with the real daemon and a tmux of its own. */
@Tag("tmux")
final class MovedAgentTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.real();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger SERVERS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static PrivateTmux tmux;

    private final String server = "server-" + SERVERS.incrementAndGet();

    @BeforeAll
    static void start() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tower.start();
    }

    /** Servers of earlier tests would be asked along by every look. */
    @AfterEach
    void end() {
        Command.attempt(List.of("tmux", "-S", tmux.socket(server).toString(), "kill-server"));
    }

    @AfterAll
    static void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    /** What tmux can do to the pane {@code %1}, which is the second one of the first window, and where it is then. */
    private enum Move {
        RENAME_SESSION("renamed:0.1", "rename-session -t work renamed"),
        RENAME_WINDOW("work:0.1", "rename-window -t work:0 renamed"),
        MOVE_WINDOW("work:7.1", "move-window -d -s work:0 -t work:7"),
        MOVE_WINDOW_TO_ANOTHER_SESSION("other:7.1", "move-window -d -s work:0 -t other:7"),
        LINK_AND_UNLINK_WINDOW("other:7.1", "link-window -d -s work:0 -t other:7", "unlink-window -t work:0"),
        SWAP_PANE("work:1.0", "swap-pane -d -s %1 -t %2"),
        SWAP_WINDOW("work:1.1", "swap-window -d -s work:0 -t work:1"),
        SPLIT_WINDOW_BEFORE("work:0.2", "split-window -d -b -t %1 sleep 1000"),
        BREAK_PANE("work:5.0", "break-pane -d -s %1 -t work:5"),
        JOIN_PANE("work:1.1", "join-pane -d -s %1 -t %2"),
        MOVE_PANE("other:0.1", "move-pane -d -s %1 -t other:0"),
        ROTATE_WINDOW("work:0.0", "rotate-window -t work:0"),
        RENUMBER_BY_HAND("work:1.1", "move-window -d -s work:0 -t work:9", "move-window -r -t work"),
        RENUMBER_BY_OPTION(
                "work:3.1", "set-option -g base-index 3", "set-option -g renumber-windows on", "kill-window -t %2"),
        KILL_PANE_BEFORE("work:0.0", "kill-pane -t %0");

        private final String address;
        private final List<String> commands;

        Move(String address, String... commands) {
            this.address = address;
            this.commands = List.of(commands);
        }

        void make(String server) {
            commands.forEach(command -> tmux.run(server, command.split(" ", -1)));
        }
    }

    /** Panes {@code %0} and {@code %1} in a window, {@code %2} in the next one, {@code %3} in another session. */
    private static String startAndAdopt(String server) {
        tmux.run(server, "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sleep", "1000");
        tmux.run(server, "split-window", "-d", "-t", "work:0", "sleep", "1000");
        tmux.run(server, "new-window", "-d", "-t", "work:1", "sleep", "1000");
        tmux.run(server, "new-session", "-d", "-s", "other", "-x", "200", "-y", "50", "sleep", "1000");
        scan();
        return adopt(server, "%1").path("agent_id").asText();
    }

    private static void scan() {
        assertThat(tower.call("scan_panes").path("ok").asBoolean()).isTrue();
    }

    private static JsonNode adopt(String server, String paneId) {
        for (JsonNode pane : tower.call("list_panes", Map.of("active_only", true))
                .path("result")
                .path("panes")) {
            if (pane.path("tmux_socket_path")
                            .asText()
                            .equals(tmux.socket(server).toString())
                    && pane.path("tmux_pane_id").asText().equals(paneId)) {
                return register(pane);
            }
        }
        throw new AssertionError("no pane " + paneId + " of " + server);
    }

    private static JsonNode register(JsonNode pane) {
        // Agents of other servers, which may still run, give the label up, because only one may have it.
        tower.sql("UPDATE agents SET label = '' WHERE label = 'kept' AND tmux_socket_path <> '"
                + pane.path("tmux_socket_path").asText() + "'");
        Map<String, Object> key = new LinkedHashMap<>();
        for (String field : List.of(
                "container_id",
                "tmux_socket_path",
                "tmux_session_name",
                "tmux_window_index",
                "tmux_pane_index",
                "tmux_pane_id")) {
            key.put(field, pane.path(field));
        }
        JsonNode answer = tower.call(
                "register_agent",
                Map.of(
                        "container_id",
                        pane.path("container_id"),
                        "pane_composite_key",
                        key,
                        "role",
                        "slave",
                        "label",
                        "kept"));
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("result");
    }

    private static JsonNode agent(String id) {
        for (JsonNode agent : tower.call("list_agents").path("result").path("agents")) {
            if (agent.path("agent_id").asText().equals(id)) {
                return agent;
            }
        }
        throw new AssertionError("no agent " + id);
    }

    /** Where an agent is, and whether it is one still. */
    private static String state(String id) {
        JsonNode agent = agent(id);
        return agent.path("tmux_session_name").asText() + ":" + agent.path("tmux_window_index") + "."
                + agent.path("tmux_pane_index")
                + (agent.path("active").asBoolean() ? "" : " inactive");
    }

    private static long agentsOn(String server) {
        long agents = 0;
        for (JsonNode agent : tower.call("list_agents").path("result").path("agents")) {
            agents += agent.path("tmux_socket_path")
                            .asText()
                            .equals(tmux.socket(server).toString())
                    ? 1
                    : 0;
        }
        return agents;
    }

    @ParameterizedTest
    @EnumSource
    void a_scan_finds_the_agent_at_its_new_address(Move move) {
        String id = startAndAdopt(server);
        JsonNode before = agent(id);
        move.make(server);
        scan();
        assertThat(state(id)).isEqualTo(move.address);
        JsonNode after = agent(id);
        for (String field : List.of("tmux_pane_id", "pane_pid", "role", "label", "created_at", "last_registered_at")) {
            assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
        }
        assertThat(after.path("label").asText()).isEqualTo("kept");
        assertThat(agentsOn(server)).isEqualTo(1);
    }

    @Test
    void the_daemon_finds_every_moved_agent_by_itself_within_five_seconds() {
        Map<Move, String> agents = new LinkedHashMap<>();
        for (Move move : Move.values()) {
            agents.put(move, startAndAdopt(server + "-" + move));
        }
        agents.keySet().forEach(move -> move.make(server + "-" + move));
        Map<Move, String> expected = new LinkedHashMap<>();
        agents.keySet().forEach(move -> expected.put(move, move.address));
        // The promise is five seconds on a machine that has time to spare; twice that is still no accident.
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    Map<Move, String> states = new LinkedHashMap<>();
                    agents.forEach((move, id) -> states.put(move, state(id)));
                    assertThat(states).isEqualTo(expected);
                });
    }

    @Test
    void a_socket_that_is_moved_aside_takes_the_agent_along() throws IOException {
        String id = startAndAdopt(server);
        Files.move(tmux.socket(server), tmux.socket(server + "-aside"));
        scan();
        assertThat(state(id)).isEqualTo("work:0.1");
        assertThat(agent(id).path("tmux_socket_path").asText())
                .isEqualTo(tmux.socket(server + "-aside").toString());
    }

    @Test
    void a_pane_that_is_respawned_is_the_same_one_with_another_process() {
        String id = startAndAdopt(server);
        long before = agent(id).path("pane_pid").asLong();
        tmux.run(server, "respawn-pane", "-k", "-t", "%1", "sleep", "2000");
        scan();
        assertThat(state(id)).isEqualTo("work:0.1");
        assertThat(agent(id).path("pane_pid").asLong()).isPositive().isNotEqualTo(before);
    }

    @Test
    void the_same_pane_id_at_the_same_address_of_another_server_is_no_agent() {
        String id = startAndAdopt(server);
        tmux.run(server, "kill-server");
        await().atMost(PATIENCE)
                .until(() -> !ProcessHandle.of(agent(id).path("pane_pid").asLong())
                        .map(ProcessHandle::isAlive)
                        .orElse(false));
        tmux.run(server, "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sleep", "1000");
        tmux.run(server, "split-window", "-d", "-t", "work:0", "sleep", "1000");
        scan();
        assertThat(state(id)).isEqualTo("work:0.1 inactive");

        JsonNode again = adopt(server, "%1");
        assertThat(again.path("agent_id").asText()).isEqualTo(id);
        assertThat(again.path("created_or_reactivated").asText()).isEqualTo("reactivated");
        scan();
        assertThat(state(id)).isEqualTo("work:0.1");
    }

    @Test
    void whoever_registers_itself_after_a_move_that_no_scan_has_seen_is_who_it_was() throws Exception {
        String id = startAndAdopt(server);
        tmux.run(server, "rename-session", "-t", "work", "renamed");
        tmux.run(server, "swap-pane", "-d", "-s", "%1", "-t", "%2");
        JsonNode registered = registerSelf(server, "%1");
        assertThat(registered.path("agent_id").asText()).isEqualTo(id);
        assertThat(registered.path("created_or_reactivated").asText()).isEqualTo("updated");
        assertThat(state(id)).isEqualTo("renamed:1.0");
        assertThat(agentsOn(server)).isEqualTo(1);
    }

    @Test
    void whoever_registers_itself_on_a_server_that_no_scan_has_seen_stays_an_agent() throws Exception {
        String id = startAndAdopt(server);
        tmux.run(server, "kill-server");
        await().atMost(PATIENCE)
                .until(() -> Command.attempt(List.of(
                                        "tmux", "-S", tmux.socket(server).toString(), "list-panes", "-a"))
                                .status()
                        != 0);
        tmux.run(server, "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sleep", "1000");
        tmux.run(server, "split-window", "-d", "-t", "work:0", "sleep", "1000");
        String own = registerSelf(server, "%1").path("agent_id").asText();
        assertThat(own).isEqualTo(id);
        scan();
        assertThat(state(own)).isEqualTo("work:0.1");
    }

    /** Runs {@code register-self} in a pane, in place of what that runs, and gives what it answers. */
    private static JsonNode registerSelf(String server, String pane) throws IOException {
        return JSON.readTree(Files.readString(
                        inPane(server, pane, Programs.REAL.launcher("agenttower") + " register-self --json")))
                .path("result");
    }

    private static Path inPane(String server, String pane, String command) throws IOException {
        Path printed = Files.createTempFile(tower.home(), "printed", ".json");
        Files.delete(printed);
        List<String> arguments = new ArrayList<>(List.of("respawn-pane", "-k", "-t", pane));
        arguments.add("HOME=" + tower.home() + " sh -c '" + command + " > " + printed + ".part 2>&1; mv " + printed
                + ".part " + printed + "'; sleep 1000");
        tmux.run(server, arguments.toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> Files.exists(printed));
        return printed;
    }

    @Test
    void what_a_row_says_is_live() {
        tmux.run(server, "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sh");
        scan();
        tmux.run(server, "send-keys", "-t", "%0", "cd /usr; printf '\\033]2;a title\\007'; exec sleep 1000", "Enter");

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode row = null;
            for (JsonNode pane : tower.call("list_panes").path("result").path("panes")) {
                if (pane.path("tmux_socket_path")
                        .asText()
                        .equals(tmux.socket(server).toString())) {
                    row = pane;
                }
            }
            assertThat(row).isNotNull();
            assertThat(row.path("pane_current_command").asText()).isEqualTo("sleep");
            assertThat(row.path("pane_current_path").asText()).isEqualTo("/usr");
            assertThat(row.path("pane_title").asText()).isEqualTo("a title");
        });
    }

    @Test
    void a_server_that_has_ended_is_gone_with_its_agents_though_its_socket_stays() {
        String agent = startAndAdopt(server);
        String pid = tmux.run(server, "display-message", "-p", "#{pid}").strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> !agent(agent).path("active").asBoolean());
        assertThat(tmux.socket(server)).exists();

        JsonNode scan = tower.call("scan_panes").path("result");
        assertThat(scan.path("status").asText()).as("%s", scan).isEqualTo("ok");
        assertThat(tower.run("adopt", "--pane", "%1", "--socket", server).exitCode())
                .isNotZero();
    }
}
