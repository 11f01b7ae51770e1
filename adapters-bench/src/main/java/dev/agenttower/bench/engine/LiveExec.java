package dev.agenttower.bench.engine;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running program in a container that answers the lines it is sent. Its standard input ends when this is closed and when this process
 * dies, which is how it knows that it is over.
 *
 * <p>Lines are read by one thread; {@link #close} may be called from any.
 */
public final class LiveExec implements AutoCloseable {
    private static final int LONGEST_LINE = 4096;

    private final Response response;
    private final LineSender input;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    LiveExec(Response response, LineSender input) {
        this.response = response;
        this.input = input;
    }

    /**
     * Waits for output and returns the lines that are complete by then, possibly none; null when the program has ended. What it prints on
     * standard error counts as well.
     *
     * @throws IOException if the connection broke or this was closed
     */
    public @Nullable List<String> readLines() throws IOException {
        Frame frame = Frame.read(response.getBody());
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
        input.close();
        response.close();
    }
}
