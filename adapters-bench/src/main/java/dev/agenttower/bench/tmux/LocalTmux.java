package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tmux program of this host, run without a shell and killed when its deadline passes.
 *
 * <p>Thread-safe.
 */
final class LocalTmux {
    private static final int LARGEST = 8 * 1024 * 1024;

    /** Starts {@code tmux -S socket arguments...}; the answer is read later, so that several servers can be asked at once. */
    Running start(Path socket, List<String> arguments, Deadline deadline) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, deadline.whenPassed(process::destroyForcibly));
    }

    /** A tmux command under way. */
    static final class Running {
        private final Process process;
        private final Runnable keepAlive;

        Running(Process process, Runnable keepAlive) {
            this.process = process;
            this.keepAlive = keepAlive;
        }

        /** Waits for the end of the command. */
        Answer answer(Deadline deadline) {
            try (InputStream printed = process.getInputStream()) {
                String text = new String(printed.readNBytes(LARGEST), StandardCharsets.UTF_8);
                boolean ended = process.waitFor(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
                boolean killed = !ended || deadline.hasPassed();
                return new Answer(killed ? -1 : process.exitValue(), text, killed);
            } catch (IOException broken) {
                return new Answer(-1, String.valueOf(broken.getMessage()), deadline.hasPassed());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return new Answer(-1, "interrupted", false);
            } finally {
                keepAlive.run();
                process.destroyForcibly();
            }
        }
    }

    /**
     * How a tmux command ended.
     *
     * @param text what it printed: rows, or the complaint where {@code status} is not zero
     * @param isTooLate whether its deadline passed before
     */
    record Answer(int status, String text, boolean isTooLate) {}
}
