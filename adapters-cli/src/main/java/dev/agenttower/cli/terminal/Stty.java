package dev.agenttower.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Terminal settings of this process, which Java cannot change itself. */
final class Stty {
    private Stty() {}

    /** All settings in the form that {@link #set} takes; empty without {@code stty} or a terminal. */
    static String settings() {
        try {
            Process stty = new ProcessBuilder("stty", "-g")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor() == 0 ? answer : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Changes settings; has no effect without {@code stty} or a terminal. */
    static void set(String... settings) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(settings));
        try {
            new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException ignored) {
            // The settings are optional: keys without Return, hidden answers.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
