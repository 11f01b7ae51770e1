package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code dashboard --watch} on a real terminal, with panes of a real tmux. */
@Tag("tmux")
final class DashboardWatchTest {
    private static final String SERVER = "default";
    private static final String WATCH = Programs.REAL.launcher("agenttower").toAbsolutePath() + " dashboard --watch";

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    @TempDir
    Path directory;

    private PrivateTmux tmux;
    private TestTerminal terminal;
    private Path pid;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        session(SERVER, "work", "one");
        pid = directory.resolve("pid");
    }

    @AfterEach
    void close() {
        if (terminal != null) {
            terminal.close();
        }
        tmux.close();
    }

    private void session(String server, String name, String text) {
        tmux.run(server, "new-session", "-d", "-s", name, "-x", "80", "-y", "24", "echo this is " + text + "; cat");
    }

    private void pane(String text) {
        tmux.run(SERVER, "new-window", "-d", "-t", "work", "echo this is " + text + "; cat");
    }

    /** Opens a terminal outside of the servers under test, with the environment of the tower. */
    private void openTerminal(int rows) {
        Map<String, String> environment = new HashMap<>(tmux.environment());
        environment.put("HOME", tower.home().toString());
        terminal = TestTerminal.open(rows, environment);
    }

    /** Watches, with the first pane selected: the missing engine is first of all. */
    private void watch() {
        terminal.enter(TestTerminal.traced(WATCH, pid));
        terminal.awaitLine("> ! docker is unavailable");
        terminal.awaitLine("  work:");
        terminal.press("j");
        terminal.awaitLine("> work:");
    }

    private void signal(String name) throws IOException {
        Command.run("kill", "-" + name, Files.readString(pid).strip());
    }

    private String activePane() {
        return tmux.run(SERVER, "display-message", "-p", "-t", "work", "#{pane_id}")
                .strip();
    }

    @Test
    void keys_select_and_scroll_and_leaving_restores_the_terminal() {
        for (int i = 1; i < 15; i++) {
            pane("pane " + i);
        }
        tower.start();
        openTerminal(12);
        String before = terminal.settings();
        watch();
        assertThat(terminal.isPlain()).isFalse();
        terminal.press("Down", "j", "j", "k");
        terminal.awaitLine("> work:2.0");
        terminal.press("PageDown");
        terminal.awaitLine("> work:11.0");
        terminal.press("PageUp", "Up");
        terminal.awaitLine("> work:1.0");
        terminal.press("G");
        terminal.awaitLine("> work:14.0");
        terminal.press("Home");
        terminal.awaitLine("> ! docker");
        terminal.press("End");
        terminal.awaitLine("> work:14.0");
        terminal.press("g");
        terminal.awaitLine("> ! docker");
        for (String key : new String[] {"q", "Escape", "C-c"}) {
            terminal.press(key);
            terminal.awaitShown("ended with " + (key.equals("C-c") ? "130" : "0"));
            assertThat(terminal.isPlain()).isTrue();
            assertThat(terminal.settings()).isEqualTo(before);
            terminal.enter("clear");
            watch();
        }
    }

    @Test
    void enter_attaches_to_the_pane_and_the_view_returns_after_it_is_detached() throws IOException {
        pane("two");
        tower.start();
        openTerminal(24);
        String before = terminal.settings();
        watch();
        terminal.press("j", "Enter");
        terminal.awaitLine("this is two");
        assertThat(activePane()).isEqualTo("%1");
        terminal.enter("hello pane");
        terminal.awaitLine("hello pane");
        terminal.press("C-b", "d");
        terminal.awaitLine("> work:1.0");
        terminal.press("k", "Enter");
        terminal.awaitLine("this is one");
        signal("TERM");
        terminal.awaitShown("ended with 143");
        await().atMost(TestTerminal.PATIENCE)
                .until(() -> tmux.run(SERVER, "list-clients").isEmpty());
        assertThat(terminal.isPlain()).isTrue();
        assertThat(terminal.settings()).isEqualTo(before);
    }

    @Test
    void inside_of_tmux_enter_switches_the_client_and_tells_what_to_type_for_another_server() {
        session(SERVER, "watcher", "the shell");
        session("other", "elsewhere", "another server");
        tower.start();
        openTerminal(24);
        terminal.enter("tmux attach-session -t watcher");
        terminal.awaitLine("this is the shell");
        tmux.run(
                SERVER,
                "respawn-pane",
                "-k",
                "-t",
                "watcher",
                "HOME=" + tower.home() + " " + TestTerminal.traced(WATCH, pid) + "; cat");
        terminal.awaitShown("> ");
        terminal.awaitShown("elsewhere:0.0");
        terminal.press("j");
        terminal.awaitShown("> default/watcher:0.0");
        terminal.press("j");
        terminal.awaitShown("> default/work:0.0");
        terminal.press("Enter");
        terminal.awaitLine("this is one");
        assertThat(tmux.run(SERVER, "list-clients", "-F", "#{session_name}").strip())
                .isEqualTo("work");
        tmux.run(SERVER, "switch-client", "-t", "watcher");
        terminal.awaitShown("> default/work:0.0");
        terminal.press("j", "Enter");
        terminal.awaitLine("outside of tmux: tmux -S " + tmux.socket("other"));
        terminal.press("q");
        terminal.awaitShown("ended with 0");
    }

    @Test
    void signals_a_new_size_and_the_end_of_the_daemon_leave_a_usable_terminal() throws IOException {
        tower.start();
        openTerminal(24);
        String before = terminal.settings();
        watch();
        terminal.resize(50, 9);
        terminal.awaitLine("arrows or j k move, Enter goes to the pane, q end…");
        assertThat(terminal.lines().get(0)).startsWith("AgentTower ");
        assertThat(terminal.lines()).hasSizeLessThanOrEqualTo(9);
        terminal.resize(80, 24);
        terminal.awaitShown("q ends");
        tower.stop();
        terminal.awaitLine("Waiting: the daemon does not answer");
        terminal.press("Enter", "j", "q");
        terminal.awaitShown("ended with 0");
        assertThat(terminal.isPlain()).isTrue();
        tower.start();
        watch();
        terminal.press("C-z");
        signal("TERM");
        terminal.awaitShown("ended with 143");
        assertThat(terminal.isPlain()).isTrue();
        assertThat(terminal.settings()).isEqualTo(before);
    }

    @Test
    void a_pane_that_is_gone_is_told_in_one_line() {
        pane("two");
        tower.start();
        openTerminal(24);
        watch();
        terminal.press("j");
        terminal.awaitLine("> work:1.0");
        // The daemon looks every two seconds.
        tmux.run(SERVER, "kill-pane", "-t", "%1");
        terminal.press("Enter");
        terminal.awaitLine("the pane is gone or cannot be reached: can't find pane: %1");
        terminal.press("k");
        terminal.awaitShown("q ends");
        terminal.press("q");
        terminal.awaitShown("ended with 0");
    }

    @Test
    void enter_attaches_to_the_pane_of_a_container_through_its_engine() throws IOException {
        tower.start();
        String id = "b".repeat(64);
        tower.sql("INSERT INTO containers (container_id, name, image, status, config_user, active, first_seen_at,"
                + " last_scanned_at) VALUES ('" + id + "', 'a-bench', 'img', 'running', 'dev', 1, 'x', 'x')");
        tower.sql("INSERT INTO panes (container_id, tmux_socket_path, tmux_session_name, tmux_window_index,"
                + " tmux_pane_index, tmux_pane_id, container_name, container_user, pane_pid, pane_tty,"
                + " pane_current_command, pane_current_path, pane_title, pane_active, active, first_seen_at,"
                + " last_scanned_at) VALUES ('" + id + "', '/tmp/tmux-0/default', 'work', 9, 0, '%7', 'a-bench', 'dev',"
                + " 1, '', 'sh', '/', '', 0, 1, 'x', 'x')");
        Path docker = directory.resolve("docker");
        Path asked = directory.resolve("asked");
        Files.writeString(
                docker,
                "#!/bin/sh\necho \"$*\" >> " + asked + "\ncase $2 in -it) ;; *) exit ;; esac\n"
                        + "echo this is the container\nread -r line\necho \"$line\" >> " + asked + "\nexit 3\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        openTerminal(24);
        terminal.enter("PATH=" + directory + ":$PATH");
        watch();
        terminal.awaitLine("> work:9.0");
        terminal.press("Enter");
        terminal.awaitShown("this is the container");
        terminal.enter("for the container");
        terminal.awaitShown("ended with status 3: docker exec -it -u dev a-bench tmux -u");
        assertThat(asked)
                .hasContent("exec -u dev a-bench tmux -u -S /tmp/tmux-0/default select-window -t %7 ;"
                        + " select-pane -t %7\nexec -it -u dev a-bench tmux -u -S /tmp/tmux-0/default"
                        + " attach-session -t %7\nfor the container\n");
        terminal.press("q");
        terminal.awaitShown("ended with 0");
    }
}
