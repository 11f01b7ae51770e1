package dev.agenttower.bench.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running program in a container that answers lines. Its standard input ends when this is closed and when this process dies; then it must
 * end.
 *
 * <p>One thread reads lines; {@link #send} and {@link #close} may be called from any.
 */
public final class LiveExec implements AutoCloseable {
    private static final int LONGEST_LINE = 4096;

    private final EngineConnection connection;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private ByteBuffer unsent = ByteBuffer.allocate(0);

    LiveExec(EngineConnection connection) {
        this.connection = connection;
    }

    /**
     * Sends a line without blocking. If the program does not read and the socket is full, the line is dropped, so no queue grows. A line
     * sent after the end of the program is also dropped; the reader of its lines detects the end.
     */
    public synchronized void send(String line) {
        try {
            // a partly sent line is finished first, so that lines do not mix
            connection.offer(unsent);
            if (!unsent.hasRemaining() || unsent.position() == 0) {
                unsent = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                connection.offer(unsent);
            }
        } catch (IOException ended) {
            unsent = ByteBuffer.allocate(0);
        }
    }

    /** Sends all bytes; throws {@link java.net.SocketTimeoutException} at the deadline. Only the reading thread may call it, instead of {@link #send(String)}. */
    public void send(byte[] bytes, Deadline deadline) throws IOException {
        connection.until(deadline).send(ByteBuffer.wrap(bytes));
    }

    /** Like {@link #readLines()}, but throws {@link java.net.SocketTimeoutException} at the deadline. */
    public @Nullable List<String> readLines(Deadline deadline) throws IOException {
        connection.until(deadline);
        return readLines();
    }

    /** Whether the program has ended or printed something, as far as that is known without waiting; then this must not be used any more. */
    public boolean hasEnded() {
        return connection.hasEnded();
    }

    /**
     * Blocks until there is output and returns its complete lines, possibly none; null when the program has ended. Standard error is
     * included.
     *
     * @throws IOException if the connection broke or this was closed
     */
    public @Nullable List<String> readLines() throws IOException {
        Frame frame = Frame.read(connection.body());
        if (frame == null) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (byte next : frame.bytes()) {
            if (next == '\n') {
                lines.add(partial.toString(StandardCharsets.UTF_8));
                partial.reset();
            } else if (partial.size() < LONGEST_LINE) {
                partial.write(next);
            }
        }
        return lines;
    }

    @Override
    public void close() {
        connection.close();
    }
}
