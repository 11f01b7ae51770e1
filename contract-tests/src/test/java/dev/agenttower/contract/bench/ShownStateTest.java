package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.core.text.ShellWords;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What agents that no hook speaks of show in their panes, from real panes of programs with the names of clients to the list of agents. */
@Tag("tmux")
final class ShownStateTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.real();

    private PrivateTmux tmux;

    @BeforeEach
    void start() {
        tmux = PrivateTmux.open();
        tmux.environment().forEach(tower::with);
        tower.start();
    }

    @AfterEach
    void close() {
        if (tmux != null) {
            tmux.close();
        }
    }

    private void startClient(String name) {
        String program = tower.home().resolve(name).toString();
        Command.run("sh", "-c", "cp \"$(command -v cat)\" " + program);
        tmux.run("server", "new-session", "-d", "-s", name, "-x", "100", "-y", "20", "stty raw -echo; exec " + program);
        await().until(() -> shown(name, "#{pane_current_command}").equals(name));
        tower.run("scan", "--panes").orThrow();
        tower.run(
                        "adopt",
                        "--pane",
                        shown(name, "#{pane_id}"),
                        "--role",
                        "slave",
                        "--capability",
                        name,
                        "--label",
                        name,
                        "--attach-log")
                .orThrow();
    }

    private String shown(String session, String format) {
        return tmux.run("server", "display-message", "-p", "-t", session, format)
                .strip();
    }

    private void print(String session, String escaped) {
        Command.run("sh", "-c", "printf %b " + ShellWords.quoted(escaped) + " > " + shown(session, "#{pane_tty}"));
    }

    private String state(String label) {
        JsonNode agents = tower.call("list_agents").path("result").path("agents");
        return StreamSupport.stream(agents.spliterator(), false)
                .filter(agent -> agent.path("label").asText().equals(label))
                .map(agent -> agent.path("state").asText() + " "
                        + agent.path("state_detail").asText() + " "
                        + agent.path("state_evidence").asText())
                .findFirst()
                .orElse("");
    }

    private void assertState(String label, String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(state(label)).isEqualTo(expected));
    }

    /** A dialog of Gemini CLI at its start, below which the title calls itself ready. */
    @Test
    void a_title_that_says_ready_does_not_hide_a_dialog() {
        startClient("gemini");
        print(
                "gemini",
                "\\033]2;◇  Ready (shop)\\007\\033[H\\033[2J"
                        + " ╭──────────────────────────╮\\r\\n │ Do you trust the files?  │\\r\\n"
                        + " │ ● 1. Trust folder (shop) │\\r\\n │   2. Do not trust        │\\r\\n ╰──────────────────────────╯\\r\\n");
        assertState("gemini", "waiting_input Do you trust the files? screen");
        String box =
                "─".repeat(100) + "\\r\\n Shift+Tab to accept edits\\r\\n\\r\\n >   Type your message or @path/to/file";
        print("gemini", "\\033[H\\033[2J" + box + "\\033[4;4H");
        assertState("gemini", "idle  screen");
        print(
                "gemini",
                "\\033]2;✦  Working… (shop)\\007\\033[H\\033[2J ⠏ Thinking... (esc to cancel, 2s)\\r\\n" + box
                        + "\\033[5;4H");
        assertState("gemini", "working  screen");
        print("gemini", "\\033]2;◇  Ready (shop)\\007\\033[H\\033[2J✕ [API Error: 429]\\r\\n" + box + "\\033[5;4H");
        assertState("gemini", "error [API Error: 429] screen");
    }

    @Test
    void codex_tells_its_terminal_what_it_does() {
        startClient("codex");
        print("codex", "\\033]7501;state=blocked:app=codex:kind=permission\\033\\\\");
        assertState("codex", "waiting_permission  client");
        print("codex", "\\033]7501;state=working:app=codex\\033\\\\");
        assertState("codex", "working  client");
        print("codex", "\\033]7501;state=done:app=codex\\033\\\\\\033]7501;state=idle:app=codex\\033\\\\");
        assertState("codex", "idle  client");
    }
}
