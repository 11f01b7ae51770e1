package dev.agenttower.unix.connection;

import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import dev.agenttower.unix.connection.ConnectionState.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its accept to its end. One thread at a time owns it: the listening thread or a worker. Public methods are for the
 * session, on the owning thread only.
 */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int LINGER_MILLIS = 5;

    private final AFUNIXSocketChannel channel;
    private final Socket socket;
    private final Session session;
    private final Deadlines deadlines;
    private final Consumer<Connection> onEnd;
    private final Inbox inbox = new Inbox();
    private final Queue<ByteBuffer> output = new ArrayDeque<>();
    private final ConnectionState state;
    private Runnable afterwards = () -> {};
    private Next next = Next.CLOSE;
    private @Nullable SelectionKey key;
    private int held;
    private int drained;
    private boolean isBlocking;
    private boolean isServed;
    private volatile boolean isLast;
    private boolean isClosed;

    Connection(
            AFUNIXSocketChannel channel,
            Session session,
            Deadlines deadlines,
            LongSupplier ticker,
            Consumer<Connection> onEnd)
            throws IOException {
        this.channel = channel;
        this.socket = channel.socket();
        this.session = session;
        this.deadlines = deadlines;
        this.onEnd = onEnd;
        this.state = new ConnectionState(deadlines.read(), ticker);
        channel.configureBlocking(false);
    }

    // For sessions.

    /** The received, unused bytes. */
    public Inbox inbox() {
        return inbox;
    }

    /** Whether another request may follow; false while the server closes. */
    public boolean mayStayOpen() {
        return !isLast;
    }

    /** Queues bytes to send, without waiting for the client. The array must not be changed afterwards. */
    public void send(byte[] bytes) {
        output.add(ByteBuffer.wrap(bytes));
    }

    /** Sets an action that runs once the answer is sent, or cannot be sent; it must not block. */
    public void afterwards(Runnable action) {
        afterwards = action;
    }

    /**
     * The bytes of the client: those in the inbox, followed by those still to be received. A read blocks up to the read deadline, and the
     * stream ends early once other requests need the worker ({@link #isYielding()}).
     */
    public InputStream input() {
        return new Input();
    }

    /** Whether reading was ended because other requests need the worker. */
    public boolean isYielding() {
        return state.phase() == Phase.YIELDING;
    }

    /** Ends the client's time limit for the request. */
    public void working() throws IOException {
        state.enter(Phase.WORKING, Duration.ZERO);
    }

    /** Writes to the client; each part must be read within the write deadline. For answers too large for {@link #send}. */
    public OutputStream output() {
        return new Output();
    }

    /** Closes the connection before the end of the answer, so that the client detects the truncation. */
    public void cut() {
        shutDown(true);
    }

    // For the server.

    Session session() {
        return session;
    }

    ConnectionState state() {
        return state;
    }

    Phase phase() {
        return state.phase();
    }

    /** Whether it waits for its first request. */
    boolean isNew() {
        return !isServed;
    }

    /** The memory that it takes while the listener owns it; updated by {@link #count()}. */
    int held() {
        return held;
    }

    int count() {
        held = inbox.room() + output.stream().mapToInt(ByteBuffer::remaining).sum();
        return held;
    }

    /**
     * Receives available bytes, without blocking.
     *
     * @return false if there are none and the stream has not ended
     */
    boolean receive(ByteBuffer scratch) throws IOException {
        int count = channel.read(scratch.clear());
        if (count < 0) {
            inbox.end();
            return true;
        }
        if (count > 0) {
            if (isServed && inbox.length() == 0 && state.phase() == Phase.LISTENING) {
                state.enter(Phase.LISTENING, deadlines.read());
            }
            inbox.append(scratch.flip());
        }
        return count > 0;
    }

    /** Briefly waits for the next request, in the worker that served the last one. */
    void linger(byte[] scratch) throws IOException {
        block(true);
        socket.setSoTimeout(LINGER_MILLIS);
        try {
            int count = socket.getInputStream().read(scratch);
            if (count < 0) {
                inbox.end();
            } else {
                inbox.append(ByteBuffer.wrap(scratch, 0, count));
            }
        } catch (SocketTimeoutException nothing) {
            LOG.trace("nothing came at once");
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Discards received bytes; false at the end of the stream, or of the limit. */
    boolean drain(ByteBuffer scratch, int most) throws IOException {
        while (drained < most) {
            int count = channel.read(scratch.clear());
            if (count <= 0) {
                return count == 0;
            }
            drained += count;
        }
        return false;
    }

    /** Registers it with the selector. */
    void watch(Selector selector, int operations) throws IOException {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        } else {
            unwatch();
            key = channel.register(selector, operations, this);
        }
    }

    /** Removes it from the selector, which reports a hang-up even without interest operations. */
    void unwatch() {
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    /** Sends queued bytes, without blocking; true if all are sent. */
    boolean flush() throws IOException {
        boolean isInterrupted = Thread.interrupted(); // an interrupted channel closes instead of writing
        try {
            block(false);
            for (ByteBuffer first = output.peek(); first != null; first = output.peek()) {
                while (first.hasRemaining()) {
                    if (channel.write(first) == 0) {
                        return false;
                    }
                }
                output.remove();
            }
            return true;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The step after the answer. */
    Next next() {
        return next;
    }

    void setNext(Next following) {
        next = following;
    }

    /** Completes an answer that is sent. True if the connection takes no further request: it is closed then, or parting. */
    boolean endsAfterAnswer() throws IOException {
        answered();
        if (next == Next.DRAIN) {
            part();
            return true;
        }
        if (next != Next.KEEP_OPEN || isLast) {
            close();
            return true;
        }
        return false;
    }

    private void answered() {
        isServed = true;
        Runnable action = afterwards;
        afterwards = () -> {};
        action.run();
    }

    /** Accepts no further request. */
    void setLast() {
        isLast = true;
    }

    void queue() throws IOException {
        state.enter(Phase.QUEUED, deadlines.worker());
    }

    void await() throws IOException {
        block(false);
        state.enter(Phase.WAITING, Duration.ZERO);
    }

    void listen() throws IOException {
        block(false);
        state.enter(Phase.LISTENING, inbox.length() > 0 ? deadlines.read() : deadlines.idle());
    }

    void flushLater() throws IOException {
        state.enter(Phase.FLUSHING, deadlines.write());
    }

    /** Ends the answer and reads on for a limited time, so that a client that is still writing can read the answer. */
    void part() throws IOException {
        block(false);
        socket.shutdownOutput();
        state.enter(Phase.PARTING, deadlines.drain());
    }

    /** Interrupts the worker that waits for the client's request, so that it can serve others. */
    void yieldWorker() {
        if (state.move(Phase.READING, Phase.YIELDING)) {
            shutDown(false);
        }
    }

    /**
     * Ends a connection whose worker waits for the client. Only the worker may close the socket: it may be about to read from the
     * descriptor, whose number could by then belong to another connection.
     */
    void endReadingOrWriting() {
        if (state.end(EnumSet.of(Phase.READING, Phase.YIELDING, Phase.WRITING))) {
            shutDown(true);
        }
    }

    /** Ends a connection, whichever thread owns it. */
    void abandon() {
        if (state.end()) {
            shutDown(true);
        }
    }

    private synchronized void shutDown(boolean bothWays) {
        try {
            if (!isClosed) {
                socket.shutdownInput();
                if (bothWays) {
                    socket.shutdownOutput();
                }
            }
        } catch (IOException e) {
            LOG.trace("ending a connection", e);
        }
    }

    /** Closes the socket. For the owning thread. */
    void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            state.end();
            try {
                channel.close();
            } catch (IOException e) {
                LOG.trace("closing a connection", e);
            }
        }
        onEnd.accept(this);
        answered();
    }

    private void block(boolean blocking) throws IOException {
        if (isBlocking != blocking) {
            channel.configureBlocking(blocking);
            isBlocking = blocking;
        }
    }

    private final class Input extends InputStream {
        private boolean isWaiting;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (inbox.length() > 0) {
                return inbox.take(target, offset, length);
            }
            if (inbox.isEnded()) {
                return -1;
            }
            if (!isWaiting) {
                isWaiting = true;
                block(true);
                state.enter(Phase.READING, deadlines.read());
            }
            return socket.getInputStream().read(target, offset, length);
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            block(true);
            state.enter(Phase.WRITING, deadlines.write());
            socket.getOutputStream().write(bytes, offset, length);
        }
    }
}
