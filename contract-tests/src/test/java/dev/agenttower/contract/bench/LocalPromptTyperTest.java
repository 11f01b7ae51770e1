package dev.agenttower.contract.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.tmux.LocalPromptTyper;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.TmuxServer;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingResult.Failed;
import dev.agenttower.core.queue.TypingResult.Held;
import dev.agenttower.core.queue.TypingResult.Typed;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.PromptBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typing into a real pane whose program writes down every byte that it gets. */
@Tag("tmux")
final class LocalPromptTyperTest {
    private static final String SERVER = "default";
    private static final String ID = "0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d";
    private static final String BEGIN = "\u001b[200~";
    private static final String END = "\u001b[201~\r";

    @TempDir
    Path directory;

    private final LocalPromptTyper typer = new LocalPromptTyper(Duration.ofSeconds(5));
    private PrivateTmux tmux;
    private Path received;

    @BeforeEach
    void open() {
        tmux = PrivateTmux.open();
        received = directory.resolve("received");
        tmux.run(SERVER, "new-session", "-d", "-s", "work", "-x", "80", "-y", "24", recorder());
        await().until(() -> shown("#{pane_current_command}").equals("cat") && Files.exists(received));
    }

    @AfterEach
    void close() {
        tmux.close();
    }

    /** A program in raw mode that asks for bracketed paste. */
    private String recorder() {
        return "stty raw -echo; printf '\\033[?2004h'; exec cat > " + received;
    }

    private String shown(String format) {
        return tmux.run(SERVER, "display-message", "-p", "-t", "%0", format).strip();
    }

    private TypingTarget target(String paneId, long panePid, @Nullable TmuxServer server, @Nullable String program) {
        PaneKey key = new PaneKey(new ContainerId("host"), tmux.socket(SERVER).toString(), "work", 0, 0, paneId);
        return new TypingTarget(
                new BenchTarget(key.container(), "host", "me"), key, server, panePid, program, Capability.CLAUDE);
    }

    private TypingTarget target() {
        return target("%0", Long.parseLong(shown("#{pane_pid}")), server(), "cat");
    }

    private TmuxServer server() {
        return new TmuxServer(Long.parseLong(shown("#{pid}")), Long.parseLong(shown("#{start_time}")));
    }

    private TypingResult type(TypingTarget target, String body) {
        return typer.type(target, ID, PromptBody.of(body.getBytes(UTF_8)));
    }

    private void assertReceived(String expected) {
        await().untilAsserted(() -> assertThat(Files.readString(received)).isEqualTo(expected));
    }

    private void assertNothingHappened() throws IOException {
        assertThat(Files.readString(received)).isEmpty();
        assertThat(tmux.run(SERVER, "list-buffers")).isEmpty();
    }

    @Test
    void every_byte_arrives_in_one_bracketed_paste_with_one_enter() {
        Path canary = directory.resolve("canary");
        String line = "tab\there 'single' \"double\" $(touch " + canary + ") `touch " + canary
                + "` ; rm -rf / | & > < \\ \\n %s #{pane_id} #(touch " + canary + ") é 😀 \u0085\u009b\u202e\n";
        String body = line.repeat(20 * 1024 / line.getBytes(UTF_8).length + 1) + "\n\n-l Enter";
        assertThat(body.getBytes(UTF_8).length).isGreaterThan(20 * 1024);
        assertThat(type(target(), body)).isEqualTo(new Typed());
        assertReceived(BEGIN + body + END);
        assertThat(canary).doesNotExist();
        assertThat(tmux.run(SERVER, "list-buffers")).isEmpty();
    }

    @Test
    void the_largest_body_arrives() {
        String body = "x".repeat(65_000);
        assertThat(type(target(), body)).isEqualTo(new Typed());
        assertReceived(BEGIN + body + END);
    }

    @Test
    void a_pane_in_copy_mode_gets_nothing_until_it_is_left() throws IOException {
        tmux.run(SERVER, "copy-mode", "-t", "%0");
        assertThat(type(target(), "x")).isEqualTo(new Held(HoldReason.PANE_IN_MODE));
        assertNothingHappened();
        tmux.run(SERVER, "send-keys", "-t", "%0", "-X", "cancel");
        assertThat(type(target(), "x")).isEqualTo(new Typed());
        assertReceived(BEGIN + "x" + END);
    }

    @Test
    void another_program_in_the_foreground_gets_nothing() throws IOException {
        long pid = Long.parseLong(shown("#{pane_pid}"));
        assertThat(type(target("%0", pid, server(), "claude"), "x"))
                .isEqualTo(new Held(HoldReason.OTHER_PROGRAM_IN_FOREGROUND));
        assertThat(type(target("%0", pid, null, "c}a,t#{"), "x"))
                .isEqualTo(new Held(HoldReason.OTHER_PROGRAM_IN_FOREGROUND));
        assertNothingHappened();
        assertThat(type(target("%0", pid, null, null), "x")).isEqualTo(new Typed());
    }

    @Test
    void another_process_in_the_pane_gets_nothing() throws IOException {
        TypingTarget before = target();
        tmux.run(SERVER, "respawn-pane", "-k", "-t", "%0", recorder());
        await().until(() -> shown("#{pane_current_command}").equals("cat"));
        assertThat(type(before, "x")).isEqualTo(new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        assertNothingHappened();
    }

    @Test
    void another_run_of_the_server_gets_nothing() throws IOException {
        long pid = Long.parseLong(shown("#{pane_pid}"));
        TmuxServer other = new TmuxServer(server().pid(), server().startedAt() - 1);
        assertThat(type(target("%0", pid, other, null), "x"))
                .isEqualTo(new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        assertNothingHappened();
    }

    @Test
    void a_missing_pane_and_a_missing_server_are_failures() throws IOException {
        assertThat(type(target("%7", 1, null, null), "x"))
                .isEqualTo(new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        assertNothingHappened();
        TypingTarget target = target();
        tmux.run(SERVER, "kill-server");
        assertThat(type(target, "x")).isEqualTo(new Failed(FailureReason.TMUX_PASTE_FAILED));
    }

    @Test
    void a_hanging_server_ends_at_the_deadline() {
        TypingTarget target = target();
        String pid = String.valueOf(server().pid());
        Command.run(List.of("kill", "-STOP", pid));
        try {
            assertThat(new LocalPromptTyper(Duration.ofMillis(300))
                            .type(target, ID, PromptBody.of("x".getBytes(UTF_8))))
                    .isEqualTo(new Failed(FailureReason.TMUX_PASTE_FAILED));
        } finally {
            Command.run(List.of("kill", "-CONT", pid));
        }
    }
}
