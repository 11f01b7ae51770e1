package dev.agenttower.bench.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running program in a container that answers the lines it is sent. Its standard input ends when this is closed and when this process
 * dies, which is how it knows that it is over.
 *
 * <p>Lines are read by one thread; {@link #send} and {@link #close} may be called from any.
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
     * Sends a line without waiting. A program that reads nothing makes nothing grow: once the socket is full, the line is dropped. Sent after
     * the end of the program it is dropped as well; that the program has ended is for the one who reads its lines.
     */
    public synchronized void send(String line) {
        try {
            // a line that is half sent is finished first, lest the program reads two halves as one
            connection.offer(unsent);
            if (!unsent.hasRemaining() || unsent.position() == 0) {
                unsent = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                connection.offer(unsent);
            }
        } catch (IOException ended) {
            unsent = ByteBuffer.allocate(0);
        }
    }

    /**
     * Waits for output and returns the lines that are complete by then, possibly none; null when the program has ended. What it prints on
     * standard error counts as well.
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
