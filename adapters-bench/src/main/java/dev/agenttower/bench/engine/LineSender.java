package dev.agenttower.bench.engine;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The input of a program in a container: short lines, handed over from any thread. At most one line waits; a line that is sent while
 * another waits replaces it, so a program that does not read never makes anything grow.
 *
 * <p>The transport reads it on a thread of its own, one for each program. That thread is named with the first read and ends when the
 * sender is closed; a failure to write is not reported there, because the program's output ends as well.
 */
public final class LineSender extends InputStream {
    private final String threadName;
    private byte @Nullable [] waiting;
    private boolean closed;

    /** Creates the sender; {@code threadName} is what the transport's thread is called. */
    public LineSender(String threadName) {
        this.threadName = threadName;
    }

    /** Sends a line; after {@link #close} it is dropped. */
    public synchronized void send(String line) {
        waiting = (line + "\n").getBytes(StandardCharsets.UTF_8);
        notifyAll();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        adoptThread();
        try {
            while (waiting == null && !closed) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
        byte[] line = waiting;
        if (closed || line == null) {
            return -1;
        }
        int count = Math.min(length, line.length);
        System.arraycopy(line, 0, target, offset, count);
        waiting = count == line.length ? null : Arrays.copyOfRange(line, count, line.length);
        return count;
    }

    private void adoptThread() {
        Thread thread = Thread.currentThread();
        if (!thread.getName().equals(threadName)) {
            thread.setName(threadName);
            thread.setUncaughtExceptionHandler((dying, failure) -> {});
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
