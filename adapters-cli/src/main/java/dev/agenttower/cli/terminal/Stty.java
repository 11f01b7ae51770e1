package dev.agenttower.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Settings of the terminal of this process, which Java cannot change itself. */
final class Stty {
    private Stty() {}

    /** Changes settings; without {@code stty} or a terminal, they stay as they are. */
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
            // What was asked for is a comfort: keys without a Return, an answer that is not shown.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
