package dev.agenttower.contract.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.TmuxServer;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingResult.Failed;
import dev.agenttower.core.queue.TypingResult.Held;
import dev.agenttower.core.queue.TypingResult.Typed;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.text.ShellWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Typing into a real pane whose program writes down every byte that it gets. */
abstract class PromptTyperContract {
    private static final String ID = "0b7cbd2a-3b52-4d0f-9b0e-6a4d1f1a2c3d";
    static final String BEGIN = "\u001b[200~";
    static final String END = "\u001b[201~\r";

    private PromptTyper typer;

    /** The typer, which the test closes. */
    abstract PromptTyper typer(Duration limit);

    /** Runs a shell line in the bench; its output is returned. */
    abstract String sh(String line);

    abstract BenchTarget bench();

    /** A folder of the bench for one test, with the socket of its tmux server. */
    abstract String folder();

    @BeforeEach
    void start_a_pane() {
        typer = typer(Duration.ofSeconds(5));
        tmux("new-session", "-d", "-s", "work", "-x", "80", "-y", "24", recorder());
        await().until(() -> shown("#{pane_current_command}").equals("cat"));
    }

    private String socket() {
        return folder() + "/tmux";
    }

    String tmux(String... arguments) {
        return sh("tmux -f /dev/null -S " + socket() + " "
                + Stream.of(arguments).map(ShellWords::quoted).collect(Collectors.joining(" ")));
    }

    /** A program in raw mode that asks for bracketed paste. */
    private String recorder() {
        return "stty raw -echo; printf '\\033[?2004h'; exec cat > " + folder() + "/received";
    }

    String shown(String format) {
        return tmux("display-message", "-p", "-t", "%0", format).strip();
    }

    private TypingTarget target(String paneId, long panePid, @Nullable TmuxServer server, @Nullable String program) {
        PaneKey key = new PaneKey(bench().container(), socket(), "work", 0, 0, paneId);
        return new TypingTarget(bench(), key, server, panePid, program, Capability.CLAUDE);
    }

    TypingTarget target() {
        return target("cat");
    }

    TypingTarget target(String program) {
        return target("%0", Long.parseLong(shown("#{pane_pid}")), server(), program);
    }

    private TmuxServer server() {
        return new TmuxServer(Long.parseLong(shown("#{pid}")), Long.parseLong(shown("#{start_time}")));
    }

    TypingResult type(TypingTarget target, String body) {
        return typer.type(target, ID, PromptBody.of(body.getBytes(UTF_8)), false);
    }

    private String received() {
        return sh("cat " + folder() + "/received");
    }

    void assertReceived(String expected) {
        await().untilAsserted(() -> assertThat(received()).isEqualTo(expected));
    }

    void assertNothingHappened() {
        assertThat(received()).isEmpty();
        assertThat(tmux("list-buffers")).isEmpty();
    }

    @Test
    void every_byte_arrives_in_one_bracketed_paste_with_one_enter() {
        String canary = folder() + "/canary";
        String line = "tab\there 'single' \"double\" $(touch " + canary + ") `touch " + canary
                + "` ; rm -rf / | & > < \\ \\n %s #{pane_id} #(touch " + canary + ") é 😀 \u0085\u009b\u202e\n";
        String body = line.repeat(20 * 1024 / line.getBytes(UTF_8).length + 1) + "\n\n-l Enter";
        assertThat(body.getBytes(UTF_8).length).isGreaterThan(20 * 1024);
        assertThat(type(target(), body)).isEqualTo(new Typed());
        assertReceived(BEGIN + body + END);
        assertThat(sh("ls " + folder())).doesNotContain("canary");
        assertThat(tmux("list-buffers")).isEmpty();
    }

    @Test
    void another_prompt_arrives() {
        String before = received();
        assertThat(type(target(), "one")).isEqualTo(new Typed());
        assertThat(type(target(), "two")).isEqualTo(new Typed());
        assertReceived(before + BEGIN + "one" + END + BEGIN + "two" + END);
    }

    @Test
    void the_largest_body_arrives() {
        String body = "x".repeat(65_000);
        assertThat(type(target(), body)).isEqualTo(new Typed());
        assertReceived(BEGIN + body + END);
    }

    @Test
    void a_pane_in_copy_mode_gets_nothing_until_it_is_left() {
        tmux("copy-mode", "-t", "%0");
        assertThat(type(target(), "x")).isEqualTo(new Held(HoldReason.PANE_IN_MODE));
        assertNothingHappened();
        tmux("send-keys", "-t", "%0", "-X", "cancel");
        assertThat(type(target(), "x")).isEqualTo(new Typed());
        assertReceived(BEGIN + "x" + END);
    }

    @Test
    void another_program_in_the_foreground_gets_nothing() {
        long pid = Long.parseLong(shown("#{pane_pid}"));
        assertThat(type(target("%0", pid, server(), "claude"), "x"))
                .isEqualTo(new Held(HoldReason.OTHER_PROGRAM_IN_FOREGROUND));
        assertThat(type(target("%0", pid, null, "c}a,t#{"), "x"))
                .isEqualTo(new Held(HoldReason.OTHER_PROGRAM_IN_FOREGROUND));
        assertNothingHappened();
        assertThat(type(target("%0", pid, null, null), "x")).isEqualTo(new Typed());
    }

    @Test
    void another_process_in_the_pane_gets_nothing() {
        TypingTarget before = target();
        tmux("respawn-pane", "-k", "-t", "%0", recorder());
        await().until(() -> shown("#{pane_current_command}").equals("cat"));
        assertThat(type(before, "x")).isEqualTo(new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        assertNothingHappened();
    }

    @Test
    void another_run_of_the_server_gets_nothing() {
        long pid = Long.parseLong(shown("#{pane_pid}"));
        TmuxServer other = new TmuxServer(server().pid(), server().startedAt() - 1);
        assertThat(type(target("%0", pid, other, null), "x"))
                .isEqualTo(new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        assertNothingHappened();
    }

    @Test
    void a_missing_pane_and_a_missing_server_are_failures() {
        assertThat(type(target("%7", 1, null, null), "x"))
                .isEqualTo(new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        assertNothingHappened();
        TypingTarget target = target();
        tmux("kill-server");
        assertThat(type(target, "x")).isEqualTo(new Failed(FailureReason.TMUX_PASTE_FAILED));
    }

    @Test
    void what_a_hanging_server_did_not_take_in_time_is_never_typed() {
        TypingTarget target = target();
        String pid = String.valueOf(server().pid());
        sh("kill -STOP " + pid);
        try {
            assertThat(typer(Duration.ofSeconds(1)).type(target, ID, PromptBody.of("x".getBytes(UTF_8)), false))
                    .isEqualTo(new Failed(FailureReason.TMUX_PASTE_FAILED));
        } finally {
            sh("kill -CONT " + pid);
        }
        assertThat(type(target, "afterwards")).isEqualTo(new Typed());
        assertReceived(BEGIN + "afterwards" + END);
    }

    @Test
    void prompts_for_one_bench_are_typed_side_by_side() throws Exception {
        for (int pane = 1; pane < 4; pane++) {
            tmux("new-window", "-d", "-t", "work", "stty raw -echo; exec cat > " + folder() + "/received" + pane);
        }
        await().until(() ->
                tmux("list-panes", "-a", "-F", "#{pane_current_command}").equals("cat\n".repeat(4)));
        ExecutorService typists = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int pane = 1; pane < 4; pane++) {
                String id = "%" + pane;
                long pid = Long.parseLong(
                        tmux("display-message", "-p", "-t", id, "#{pane_pid}").strip());
                TypingTarget target = target(id, pid, server(), "cat");
                running.add(typists.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        PromptBody body = PromptBody.of((id + "-" + i).getBytes(UTF_8));
                        assertThat(typer.type(target, ID + id.substring(1) + i, body, false))
                                .isEqualTo(new Typed());
                    }
                }));
            }
            for (Future<?> typist : running) {
                typist.get();
            }
        } finally {
            typists.shutdownNow();
        }
        for (int pane = 1; pane < 4; pane++) {
            String id = "%" + pane;
            String expected =
                    IntStream.range(0, 10).mapToObj(i -> id + "-" + i + "\r").collect(Collectors.joining());
            String file = folder() + "/received" + pane;
            await().untilAsserted(() -> assertThat(sh("cat " + file)).isEqualTo(expected));
        }
    }
}
