package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.pane.BenchTarget;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standard input and the output of a shell that stays. The shell ends when its input does: when this is closed, and when this process
 * dies. Used by one thread at a time.
 */
interface ShellChannel extends AutoCloseable {
    /** Sends all bytes; throws {@link java.net.SocketTimeoutException} at the deadline. */
    void send(byte[] bytes, Deadline deadline) throws IOException;

    /**
     * Waits for output and returns its complete lines, possibly none; null when the shell has ended. Standard error is included. Throws
     * {@link java.net.SocketTimeoutException} at the deadline.
     */
    @Nullable List<String> readLines(Deadline deadline) throws IOException;

    /** Whether the shell has ended, or printed something that nobody has read, as far as that is known without waiting. */
    boolean hasEnded();

    /**
     * Kills the shell and all that it has started, and closes this.
     *
     * @param shell the process id of the shell in its bench; zero if unknown
     */
    void kill(long shell);

    @Override
    void close();

    /** Starts shells in benches. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts a program with an open standard input.
         *
         * @throws ContainerEngineException if the engine cannot start it
         * @throws IOException if this host cannot start it
         */
        ShellChannel start(BenchTarget bench, List<String> command, Deadline deadline) throws IOException;
    }
}
