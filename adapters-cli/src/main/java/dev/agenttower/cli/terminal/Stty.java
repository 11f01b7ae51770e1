package dev.agenttower.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Terminal settings of this process, which Java cannot change itself. */
final class Stty {
    private Stty() {}

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
