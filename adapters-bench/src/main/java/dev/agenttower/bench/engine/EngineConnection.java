package dev.agenttower.bench.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the engine's Unix socket for one HTTP/1.1 request. Connecting, sending and reading throw {@link SocketTimeoutException}
 * at the deadline, and another {@link IOException} if the connection breaks or is closed, or the thread is interrupted.
 *
 * <p>One thread sends the request and reads; {@link #offer} and {@link #close} may be called from any.
 */
final class EngineConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;
    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(200)
            .build();
    private static final long PAUSE_WHILE_BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Set<EngineConnection> open;
    private final InputStream received = new Received();
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(HTTP.getBufferSize(), LONGEST_LINE);
    private @Nullable Deadline deadline;
    private int status;
    private InputStream body = InputStream.nullInputStream();

    private EngineConnection(SocketChannel channel, Selector selector, Deadline deadline, Set<EngineConnection> open)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
        this.open = open;
        this.key = channel.register(selector, 0);
        open.add(this);
    }

    /**
     * Connects.
     *
     * @param deadline for this and all later operations, until {@link #endless}
     * @param open registers the connection until it is closed
     */
    static EngineConnection open(Path socket, Deadline deadline, Set<EngineConnection> open) throws IOException {
        SocketChannel channel = connect(UnixDomainSocketAddress.of(socket), deadline);
        try {
            return new EngineConnection(channel, Selector.open(), deadline, open);
        } catch (IOException noSelector) {
            channel.close();
            throw noSelector;
        }
    }

    private static SocketChannel connect(UnixDomainSocketAddress address, Deadline deadline) throws IOException {
        while (true) {
            millisUntil(deadline);
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                channel.connect(address);
                return channel;
            } catch (IOException failure) {
                channel.close();
                if (!isBusy(failure) || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
            LockSupport.parkNanos(PAUSE_WHILE_BUSY_NANOS);
        }
    }

    // EAGAIN: the engine's backlog is full; the JDK has no exception type for it and cannot wait
    private static boolean isBusy(IOException failure) {
        return failure instanceof SocketException && "Resource temporarily unavailable".equals(failure.getMessage());
    }

    /**
     * Sends a request and reads the head of the answer.
     *
     * @param json the body of a POST, or null for a GET
     * @param isTwoWay whether the connection then becomes a bidirectional stream: {@link #offer} sends, {@link #body} receives
     */
    void ask(String path, byte @Nullable [] json, boolean isTwoWay) throws IOException {
        byte[] content = json == null ? new byte[0] : json;
        String head = (json == null ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + (isTwoWay ? "Connection: Upgrade\r\nUpgrade: tcp\r\n" : "Connection: close\r\n")
                + (json == null ? "" : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(start.length + content.length)
                .put(start)
                .put(content)
                .flip();
        send(request);
        try {
            readHead();
        } catch (HttpException malformed) {
            throw new IOException("no answer of HTTP: " + malformed.getMessage(), malformed);
        }
    }

    /** Sends all bytes of a bidirectional stream. */
    void send(ByteBuffer bytes) throws IOException {
        while (channel.write(bytes) >= 0 && bytes.hasRemaining()) {
            await(SelectionKey.OP_WRITE);
        }
    }

    private void readHead() throws IOException, HttpException {
        var parser = new DefaultHttpResponseParser(HTTP);
        do {
            @Nullable ClassicHttpResponse head = parser.parse(buffer, received);
            if (head == null) {
                throw new NoHttpResponseException("it answered nothing");
            }
            status = head.getCode();
            long length = status < HttpStatus.SC_OK
                    ? ContentLengthStrategy.UNDEFINED
                    : DefaultContentLengthStrategy.INSTANCE.determineLength(head);
            if (length >= 0) {
                body = new Body(new ContentLengthInputStream(buffer, received, length));
            } else if (length == ContentLengthStrategy.CHUNKED) {
                body = new Body(new ChunkedInputStream(buffer, received, HTTP));
            } else {
                body = new Body(new IdentityInputStream(buffer, received));
            }
        } while (status < HttpStatus.SC_OK && status != HttpStatus.SC_SWITCHING_PROTOCOLS);
    }

    /** The status of the answer. */
    int status() {
        return status;
    }

    /** The body of the answer. */
    InputStream body() {
        return body;
    }

    /** Removes the deadline for the rest of the answer. */
    EngineConnection endless() {
        deadline = null;
        return this;
    }

    /** Sets the deadline for what follows. */
    EngineConnection until(Deadline next) {
        deadline = next;
        return this;
    }

    /** Whether the answer has ended or the connection is broken, as far as that is known without waiting. */
    boolean hasEnded() {
        try {
            return buffer.length() > 0 || channel.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException broken) {
            return true;
        }
    }

    /** Sends as much as the socket accepts without blocking, possibly nothing. */
    void offer(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    private void await(int operation) throws IOException {
        try {
            key.interestOps(operation);
            selector.select(ready -> {}, millisUntil(deadline));
        } catch (ClosedSelectorException | CancelledKeyException closed) {
            throw new AsynchronousCloseException();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }

    /** The timeout in milliseconds, at least one; zero, which means no timeout, without a deadline. */
    private static long millisUntil(@Nullable Deadline deadline) throws SocketTimeoutException {
        if (deadline == null) {
            return 0;
        }
        long left = deadline.remainingNanos();
        if (left <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }

    @Override
    public void close() {
        open.remove(this);
        try (selector) {
            channel.close();
        } catch (IOException ignored) {
            // nothing is left to send
        }
    }

    /** The received bytes; a read blocks until the deadline. */
    private final class Received extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            ByteBuffer room = ByteBuffer.wrap(target, offset, length);
            // checked at every read, so that an engine that never stops sending is cut off as well
            millisUntil(deadline);
            int count = channel.read(room);
            while (count == 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(room);
            }
            return count;
        }
    }

    /** Prevents the library's streams from reading to their end on close, and from blocking on reads of length zero. */
    private static final class Body extends FilterInputStream {
        Body(InputStream content) {
            super(content);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return length == 0 ? 0 : super.read(target, offset, length);
        }

        @Override
        public void close() {}
    }
}
