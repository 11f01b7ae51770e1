package dev.agenttower.cli.terminal;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Questions whose answers are not to be seen. From the first of them until it is closed the terminal shows nothing that is typed, so what
 * somebody types while an answer is being looked at is hidden as well. Not thread-safe.
 */
public final class HiddenQuestions implements AutoCloseable {
    private final Questions questions;
    private final PrintStream out;
    private @Nullable Thread restorer;

    /** Questions on one stream, answers by way of others. */
    HiddenQuestions(Questions questions, PrintStream out) {
        this.questions = questions;
        this.out = out;
    }

    /** The answer, or null if none comes any more. The question is safe text. */
    public @Nullable String ask(String question) {
        hide();
        out.print(question);
        out.flush();
        @Nullable String answer = questions.line();
        out.print("\n");
        out.flush();
        return answer;
    }

    private void hide() {
        if (restorer == null) {
            // whatever ends this program, the terminal must not stay mute
            Thread hook = new Thread(() -> Stty.set("echo"), "agenttower-restore-echo");
            Runtime.getRuntime().addShutdownHook(hook);
            restorer = hook;
            Stty.set("-echo");
        }
    }

    @Override
    public void close() {
        Thread hook = restorer;
        if (hook == null) {
            return;
        }
        restorer = null;
        Stty.set("echo");
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // The JVM is ending already, and the hook does what was just done.
        }
    }
}
