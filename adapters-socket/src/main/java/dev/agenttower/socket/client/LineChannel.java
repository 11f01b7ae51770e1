package dev.agenttower.socket.client;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection that carries lines both ways.
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
        SocketChannel channel = open(socket);
        try (Deadlines.Deadline deadline = deadlines.arm(channel, timeouts.connect())) {
            try (SocketLink link = SocketLink.to(socket)) {
                channel.connect(link.address());
                return new LineChannel(socket, channel, deadlines);
            } catch (IOException e) {
                closeAfter(e, channel);
                throw deadline.isExpired()
                        ? new TransportException.NoAnswer(socket, "no connection in time to", e)
                        : connectFailure(socket, e);
            }
        }
    }

    private static SocketChannel open(Path socket) {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw new TransportException.NoAnswer(socket, "cannot open a connection to", e);
        }
    }

    // The JDK tells refusal and missing permission by type; all else is one type, so the file system is asked.
    private static TransportException connectFailure(Path socket, IOException failure) {
        if (failure instanceof ConnectException) {
            return new TransportException.ConnectionRefused(socket, failure);
        }
        if (failure instanceof BindException) {
            return new TransportException.PermissionDenied(socket, failure);
        }
        if (!Files.exists(socket)) {
            return new TransportException.SocketMissing(socket, failure);
        }
        return new TransportException.NoAnswer(socket, "cannot connect to", failure);
    }

    private static void closeAfter(IOException failure, SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Sends a line, which ends in its line feed, and reads the next line that comes, without its line feed. */
    byte[] exchange(byte[] line, Timeouts timeouts) {
        try (Deadlines.Deadline deadline = deadlines.arm(channel, timeouts.answer())) {
            try {
                return exchange(line);
            } catch (IOException e) {
                throw new TransportException.NoAnswer(
                        socket, deadline.isExpired() ? "no answer in time from" : "connection broke to", e);
            }
        }
    }

    private byte[] exchange(byte[] line) throws IOException {
        @Nullable IOException unsent = send(line);
        try {
            return readLine();
        } catch (IOException e) {
            if (unsent != null) {
                e.addSuppressed(unsent);
            }
            throw e;
        }
    }

    // A daemon that refuses a request may answer and close before it has read all of it: the answer counts, not the
    // failed write.
    private @Nullable IOException send(byte[] line) {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return null;
        } catch (IOException e) {
            return e;
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
            // The answer is here, or its absence was reported; nothing is lost with a connection that is thrown away.
        }
    }
}
