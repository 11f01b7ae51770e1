package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real terminal with a shell: a pane of a tmux server that shares nothing with the servers under test. */
final class TestTerminal implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SERVER = "terminal";
    private static final String PROMPT = "ready>";

    private final PrivateTmux tmux = PrivateTmux.open();

    private TestTerminal() {}

    /** Opens a terminal of 80 columns. */
    static TestTerminal open(int rows, Map<String, String> environment) {
        TestTerminal terminal = new TestTerminal();
        List<String> command = new ArrayList<>(List.of("new-session", "-d", "-s", "terminal", "-x", "80", "-y"));
        command.add(String.valueOf(rows));
        command.addAll(List.of("env", "-u", "TMUX", "-u", "TMUX_PANE", "PS1=" + PROMPT, "LC_ALL=C.UTF-8"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add("sh");
        terminal.tmux.run(SERVER, command.toArray(String[]::new));
        terminal.awaitShown(PROMPT);
        return terminal;
    }

    /** Types a line for the shell. */
    void enter(String line) {
        type(line);
        press("Enter");
    }

    /** Types a text. */
    void type(String text) {
        tmux.run(SERVER, "send-keys", "-l", text);
    }

    /** Presses keys, by their names in tmux. */
    void press(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux.run(SERVER, command.toArray(String[]::new));
    }

    /** The lines on the screen. */
    List<String> lines() {
        return tmux.run(SERVER, "capture-pane", "-p").lines().toList();
    }

    private String screen() {
        return lines().stream().collect(Collectors.joining("\n"));
    }

    void awaitShown(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(screen()).contains(text));
    }

    /** Waits for a line that begins so. */
    void awaitLine(String begin) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.startsWith(begin)));
    }

    void resize(int columns, int rows) {
        tmux.run(SERVER, "resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
    }

    /** Whether the terminal shows its usual screen, with a cursor. */
    boolean isPlain() {
        return tmux.run(SERVER, "display-message", "-p", "#{alternate_on} #{cursor_flag}")
                .strip()
                .equals("0 1");
    }

    /** What {@code stty} tells of the terminal. */
    String settings() {
        String device = tmux.run(SERVER, "display-message", "-p", "#{pane_tty}").strip();
        return Command.run("stty", "-g", "-F", device).strip();
    }

    /** A shell command that runs a program, leaves the process id in a file, and tells how the program ended. */
    static String traced(String program, Path pid) {
        return "sh -c 'echo $$ > " + pid + "; exec " + program + "'; echo \"ended with $?\"";
    }

    @Override
    public void close() {
        tmux.close();
    }
}
