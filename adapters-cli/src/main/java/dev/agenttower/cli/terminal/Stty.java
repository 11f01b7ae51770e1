package dev.agenttower.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Terminal settings of this process, which Java cannot change itself. */
final class Stty {
    private Stty() {}

    /** Changes settings; has no effect without {@code stty} or a terminal. */
    static void set(String... settings) {
        String unused = ask(settings);
    }

    /** The settings, in a form that {@link #set} takes; empty without {@code stty} or a terminal. */
    static String saved() {
        return ask("-g");
    }

    /** What {@code stty} answers; empty if it fails, and without a terminal. */
    static String ask(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor() == 0 ? answer : "";
        } catch (IOException ignored) {
            // Nothing depends on it: keys without Return, hidden answers, the size.
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
