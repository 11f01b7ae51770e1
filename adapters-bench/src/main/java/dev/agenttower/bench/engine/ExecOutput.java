package dev.agenttower.bench.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The output of a program in a container so far. Readable at any time, also after a deadline has ended the program's output.
 *
 * <p>Thread-safe.
 */
public final class ExecOutput {
    private static final int LARGEST = 8 * 1024 * 1024;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean cut;

    /** Appends all frames of a stream up to its end; returns this. */
    ExecOutput appendAll(InputStream frames) throws IOException {
        for (Frame frame = Frame.read(frames); frame != null; frame = Frame.read(frames)) {
            append(frame);
        }
        return this;
    }

    synchronized void append(Frame frame) {
        ByteArrayOutputStream target = frame.isError() ? err : out;
        int room = Math.max(0, LARGEST - target.size());
        target.write(frame.bytes(), 0, Math.min(room, frame.bytes().length));
        cut |= frame.bytes().length > room;
    }

    /** Standard output as UTF-8, invalid bytes replaced. */
    public synchronized String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Standard error as UTF-8, invalid bytes replaced. */
    public synchronized String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Whether output was dropped beyond the limit of 8 MiB for each stream. */
    public synchronized boolean isCut() {
        return cut;
    }
}
