package dev.agenttower.cli.terminal;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Questions with hidden answers. From the first question until this is closed the terminal echoes nothing, so text typed between two
 * questions is hidden as well. Not thread-safe.
 */
public final class HiddenQuestions implements AutoCloseable {
    private final Questions questions;
    private final PrintStream out;
    private @Nullable Thread restorer;

    /** Writes questions to {@code out}, and reads answers through {@code questions}. */
    HiddenQuestions(Questions questions, PrintStream out) {
        this.questions = questions;
        this.out = out;
    }

    /** The answer, or null at the end of input. The question is safe text. */
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
            // the echo must be restored however the program ends
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
            // The JVM is shutting down, and the hook restores the echo again.
        }
    }
}
