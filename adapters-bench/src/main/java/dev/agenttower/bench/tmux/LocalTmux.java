package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tmux program of this host, run without a shell and killed at its deadline.
 *
 * <p>It prints to a temporary file, not to a pipe: tmux passes its output descriptor to the server, so with a hanging server a pipe stays
 * open after the program has ended.
 *
 * <p>Thread-safe.
 */
final class LocalTmux {
    private static final int LARGEST = 8 * 1024 * 1024;

    /** Starts {@code tmux -S socket arguments...}; the answer is read later, so that several servers can be queried at once. */
    Running start(Path socket, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(arguments);
        Path printed = Files.createTempFile("agenttower-tmux-", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
            builder.environment().put("LANG", "C.UTF-8");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            process.getOutputStream().close();
            return new Running(process, printed);
        } catch (IOException notStarted) {
            Files.deleteIfExists(printed);
            throw notStarted;
        }
    }

    /** A running tmux command. */
    static final class Running {
        private final Process process;
        private final Path printed;

        Running(Process process, Path printed) {
            this.process = process;
            this.printed = printed;
        }

        /** Waits for the end of the command, and kills it at the deadline. */
        Answer answer(Deadline deadline) {
            try {
                if (process.waitFor(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
                    return new Answer(process.exitValue(), text(), false);
                }
                return new Answer(-1, text(), true);
            } catch (IOException unreadable) {
                return new Answer(-1, String.valueOf(unreadable.getMessage()), false);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return new Answer(-1, "interrupted", false);
            } finally {
                process.destroyForcibly();
                boolean unused = printed.toFile().delete();
            }
        }

        private String text() throws IOException {
            try (InputStream in = Files.newInputStream(printed)) {
                return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
        }
    }

    /**
     * The result of a tmux command.
     *
     * @param text its output: rows, or the error text if {@code status} is not zero
     * @param isTooLate whether it was killed at its deadline
     */
    record Answer(int status, String text, boolean isTooLate) {}
}
