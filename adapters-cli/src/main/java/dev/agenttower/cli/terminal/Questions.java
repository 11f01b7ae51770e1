package dev.agenttower.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a person on a terminal, one line at a time, without reading beyond the answer. */
public final class Questions {
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final InputStream in;
    private final PrintStream out;

    /** Questions on one stream, answers from another. */
    public Questions(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Whether the answer is yes; any other answer, and the end of input, is no. The question is safe text. */
    public boolean isYes(String question) {
        @Nullable String answer = ask(question + " [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** The answer, or null at the end of input. The question is safe text. */
    public @Nullable String ask(String question) {
        out.print(question);
        out.flush();
        @Nullable String answer = line();
        if (answer == null) {
            out.print("\n");
        }
        return answer;
    }

    /** Questions on the same streams with hidden answers. */
    public HiddenQuestions hidden() {
        return new HiddenQuestions(this, out);
    }

    /** The next line, without a question; null at the end, or if it is longer than 64 KiB. */
    public @Nullable String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            while (c >= 0 && c != '\n') {
                if (line.size() == MAX_ANSWER_BYTES) {
                    return null;
                }
                line.write(c);
                c = in.read();
            }
        } catch (IOException e) {
            // The terminal is closed: there is no answer.
            return null;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
