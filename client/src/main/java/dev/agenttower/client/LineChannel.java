package dev.agenttower.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One connection for lines in both directions.
 *
 * <p>The channel blocks, and a {@link Deadlines} entry closes it when time is up. Not thread-safe.
 */
final class LineChannel implements AutoCloseable {
    /** The longest answer that is read, without its line feed: 16 MiB. */
    static final int MAX_ANSWER_BYTES = 16 << 20;

    private static final int FIRST_BUFFER_BYTES = 8 << 10;
    private static final int MAX_READ_BYTES = 256 << 10;

    private final Path socket;
    private final SocketChannel channel;
    private final Deadlines deadlines;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int filled;

    private LineChannel(Path socket, SocketChannel channel, Deadlines deadlines) {
        this.socket = socket;
        this.channel = channel;
        this.deadlines = deadlines;
    }

    static LineChannel connect(Path socket, Timeouts timeouts, Deadlines deadlines) {
        SocketChannel channel = SocketConnector.open(socket);
        try (Deadlines.Deadline deadline = deadlines.arm(channel, timeouts.connect())) {
            SocketConnector.connect(channel, socket, deadline);
            return new LineChannel(socket, channel, deadlines);
        }
    }

    /** Sends a line, which ends in its line feed, and reads the next line, without its line feed. */
    byte[] exchange(byte[] line, Timeouts timeouts) {
        try (Deadlines.Deadline deadline = deadlines.arm(channel, timeouts.answer())) {
            try {
                return Turn.take(channel, line, this::readLine);
            } catch (IOException e) {
                throw new TransportException.NoAnswer(
                        socket, deadline.isExpired() ? "no answer in time from" : "connection broke to", e);
            }
        }
    }

    private byte[] readLine() throws IOException {
        int searched = 0;
        while (true) {
            int end = indexOfLineFeed(searched);
            if (end >= 0) {
                return take(end, end + 1);
            }
            searched = filled;
            if (filled > MAX_ANSWER_BYTES) {
                throw new TransportException.UnreadableAnswer(
                        "the answer exceeds " + MAX_ANSWER_BYTES + " bytes", null);
            }
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 4, MAX_ANSWER_BYTES + 1));
            }
            int read = channel.read(ByteBuffer.wrap(buffer, filled, Math.min(buffer.length - filled, MAX_READ_BYTES)));
            if (read < 0) {
                if (filled == 0) {
                    throw new TransportException.UnreadableAnswer("the connection ended without an answer", null);
                }
                return take(filled, filled);
            }
            filled += read;
        }
    }

    private int indexOfLineFeed(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] take(int end, int next) {
        byte[] line = Arrays.copyOf(buffer, end);
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        filled -= next;
        return line;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The answer was read or its failure reported; nothing is lost by closing.
        }
    }
}
