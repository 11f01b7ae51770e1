package dev.agenttower.contract.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.tmux.TmuxPromptTyper;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult.Held;
import dev.agenttower.core.queue.TypingResult.Typed;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.text.ShellWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tmux")
final class LocalPromptTyperContractTest extends PromptTyperContract {
    private final PrivateTmux servers = PrivateTmux.open();
    private final List<TmuxPromptTyper> typers = new ArrayList<>();

    @AfterEach
    void close() {
        typers.forEach(TmuxPromptTyper::close);
        servers.close();
    }

    /** The program is named as Claude Code, and shows what that would. */
    private void show(String screen, int column, int row) {
        String at = "\\033[" + (row + 1) + ";" + (column + 1) + "H";
        sh("printf '\\033[H\\033[2J%b" + at + "' " + ShellWords.quoted(screen) + " > " + shown("#{pane_tty}"));
        await().until(() -> shown("#{cursor_x} #{cursor_y}").equals(column + " " + row));
    }

    private void start_claude() {
        sh("cp \"$(command -v cat)\" " + folder() + "/claude");
        String program =
                "stty raw -echo; printf '\\033[?2004h'; exec " + folder() + "/claude > " + folder() + "/received";
        tmux("respawn-pane", "-k", "-t", "%0", program);
        await().until(() -> shown("#{pane_current_command}").equals("claude"));
    }

    @Test
    void a_dialog_on_the_screen_gets_nothing_until_it_is_gone() {
        start_claude();
        String conversation = "❯ do it\\r\\n\\r\\n● Touching\\r\\n" + "─".repeat(80);
        show(
                conversation
                        + "\\r\\n Bash command\\r\\n\\r\\n Do you want to proceed?\\r\\n ❯ 1. Yes\\r\\n   2. No\\r\\n\\r\\n"
                        + " Esc to cancel · Tab to amend",
                1,
                7);
        assertThat(type(target("claude"), "x")).isEqualTo(new Held(HoldReason.DIALOG_OPEN));
        assertNothingHappened();
        show(conversation + "\\r\\n❯ \\r\\n" + "─".repeat(80) + "\\r\\n  ? for shortcuts", 2, 4);
        assertThat(type(target("claude"), "x")).isEqualTo(new Typed());
        assertReceived(BEGIN + "x" + END);
    }

    @Test
    void a_half_typed_line_keeps_a_prompt_back_unless_prompts_join_it() {
        start_claude();
        String rule = "─".repeat(80);
        show(rule + "\\r\\n❯ half typed\\r\\n" + rule + "\\r\\n  ? for shortcuts", 12, 1);
        assertThat(type(target("claude"), "x")).isEqualTo(new Held(HoldReason.HUMAN_TYPING));
        assertNothingHappened();
        assertThat(typer(Duration.ofSeconds(5))
                        .type(target("claude"), "joins", PromptBody.of("x".getBytes(UTF_8)), true))
                .isEqualTo(new Typed());
        show(rule + "\\r\\n❯ \\r\\n" + rule + "\\r\\n  ? for shortcuts", 2, 1);
        assertThat(type(target("claude"), "x")).isEqualTo(new Typed());
    }

    @Test
    void a_cursor_that_never_rests_keeps_nothing_back() throws InterruptedException {
        start_claude();
        String tty = shown("#{pane_tty}");
        Thread moving = new Thread(() -> sh("i=0; while [ ! -e " + folder()
                + "/stop ]; do i=$((i + 1)); printf '\\033[%d;1H' " + "$((i % 20)) > " + tty + "; done"));
        moving.start();
        try {
            for (int i = 0; i < 10; i++) {
                assertThat(type(target("claude"), "x")).isEqualTo(new Typed());
            }
        } finally {
            sh("touch " + folder() + "/stop");
            moving.join();
        }
        assertReceived((BEGIN + "x" + END).repeat(10));
    }

    @Override
    PromptTyper typer(Duration limit) {
        typers.add(TmuxPromptTyper.ofHost(limit));
        return typers.get(typers.size() - 1);
    }

    @Override
    String sh(String line) {
        return Command.run("sh", "-c", line);
    }

    @Override
    BenchTarget bench() {
        return new BenchTarget(new ContainerId("host"), "host", "me");
    }

    @Override
    String folder() {
        return servers.folder().toString();
    }
}
