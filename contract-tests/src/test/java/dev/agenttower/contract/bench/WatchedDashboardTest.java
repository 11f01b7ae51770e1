package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code dashboard --watch} in a terminal, which is a pane of a tmux server that the daemon does not see. */
@Tag("tmux")
final class WatchedDashboardTest {
    private static final String SERVER = "default";
    private static final String TERMINAL = "../terminal";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;

    @BeforeEach
    void start() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tmux.start(SERVER, 3);
        tmux.run(SERVER, "rename-window", "-t", "%2", "goal");
        tower.start();
        await().atMost(PATIENCE).until(() -> tower.run("list-panes").out().contains("%2"));
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            Command.attempt(List.of("tmux", "-S", tmux.socket(TERMINAL).toString(), "kill-server"));
            tmux.close();
        }
    }

    /** A terminal of 80 by 30 in which a shell runs; in it, the variables of tmux are as given. */
    private void terminal(String variables) {
        tmux.run(TERMINAL, "new-session", "-d", "-s", "t", "-x", "80", "-y", "30", "exec env " + variables + " sh");
        String environment = tmux.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .reduce("HOME=" + tower.home(), (all, each) -> all + " " + each);
        type("export " + environment + " PS1=ready:", "Enter");
        type("clear; " + Programs.REAL.launcher("agenttower") + " dashboard --watch", "Enter");
        await().atMost(PATIENCE).until(() -> screen().contains("Enter goes to the pane"));
    }

    private void type(String... keys) {
        String[] all = new String[keys.length + 3];
        System.arraycopy(new String[] {"send-keys", "-t", "%0"}, 0, all, 0, 3);
        System.arraycopy(keys, 0, all, 3, keys.length);
        tmux.run(TERMINAL, all);
    }

    private String screen() {
        return tmux.run(TERMINAL, "capture-pane", "-p", "-t", "%0");
    }

    private void assertRestored() {
        await().atMost(PATIENCE).until(() -> screen().contains("ready:") && !screen().contains("AgentTower"));
        type("stty -a", "Enter");
        await().atMost(PATIENCE).until(() -> screen().contains(" icanon"));
        assertThat(screen()).contains(" echo ", "min = 1");
    }

    @Test
    void a_choice_leads_to_its_pane_and_back_and_the_terminal_is_restored() {
        terminal("-u TMUX -u TMUX_PANE");
        assertThat(screen()).contains("> work:0.0");
        type("Down", "j");
        await().atMost(PATIENCE).until(() -> screen().contains("> work:2.0"));
        type("Enter");
        await().atMost(PATIENCE)
                .until(() -> tmux.run(SERVER, "list-clients", "-F", "#{pane_id}")
                        .strip()
                        .equals("%2"));
        await().atMost(PATIENCE).until(() -> screen().contains("goal"));
        tmux.run(SERVER, "detach-client", "-s", "work");
        await().atMost(PATIENCE).until(() -> screen().contains("> work:2.0"));
        type("q");
        assertRestored();
    }

    @Test
    void from_another_server_it_says_what_to_run_and_a_low_window_scrolls() {
        terminal("TERM=screen");
        type("Enter");
        await().atMost(PATIENCE).until(() -> screen().contains("the pane is in another tmux server"));
        tmux.run(TERMINAL, "resize-window", "-t", "t", "-x", "80", "-y", "6");
        await().atMost(PATIENCE)
                .until(() -> screen().contains("another tmux server") && screen().contains("> work:0.0"));
        type("End");
        await().atMost(PATIENCE).until(() -> screen().contains("> work:2.0"));
        type("C-c");
        tmux.run(TERMINAL, "resize-window", "-t", "t", "-x", "80", "-y", "30");
        assertRestored();
    }

    @Test
    void within_the_server_the_client_moves_to_the_pane() {
        tmux.run(SERVER, "new-session", "-d", "-s", "dash", "-x", "80", "-y", "30", "sh");
        tmux.run(
                TERMINAL,
                "new-session",
                "-d",
                "-s",
                "t",
                "-x",
                "80",
                "-y",
                "30",
                "exec env -u TMUX tmux -S " + tmux.socket(SERVER) + " attach -t dash");
        String dash =
                tmux.run(SERVER, "list-panes", "-t", "dash", "-F", "#{pane_id}").strip();
        await().atMost(PATIENCE).until(() -> !tmux.run(SERVER, "list-clients").isEmpty());
        tmux.run(
                SERVER,
                "send-keys",
                "-t",
                dash,
                "HOME=" + tower.home() + " TMUX_TMPDIR=" + tmux.folder().getParent() + " "
                        + Programs.REAL.launcher("agenttower") + " dashboard --watch",
                "Enter");
        await().atMost(PATIENCE).until(() -> screen().contains("Enter goes to the pane"));
        tmux.run(SERVER, "send-keys", "-t", dash, "End");
        await().atMost(PATIENCE).until(() -> screen().contains("> work:2.0"));
        tmux.run(SERVER, "send-keys", "-t", dash, "Enter");
        await().atMost(PATIENCE)
                .until(() -> tmux.run(SERVER, "list-clients", "-F", "#{session_name} #{pane_id}")
                        .strip()
                        .equals("work %2"));
    }
}
