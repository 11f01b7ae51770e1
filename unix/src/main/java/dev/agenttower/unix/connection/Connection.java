package dev.agenttower.unix.connection;

import static java.util.Objects.requireNonNull;

import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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

    /** The phase of a connection, which determines its owning thread. */
    enum Phase {
        /** No complete request yet. Owned by the listener. */
        LISTENING,
        /** A request waits for a worker. */
        QUEUED,
        /** A worker prepares the answer. */
        WORKING,
        /** A worker waits for the rest of the request. */
        READING,
        /** As READING, but the worker must stop reading. */
        YIELDING,
        /** A worker waits for the client to read a part of the answer. */
        WRITING,
        /** The client reads the rest of the answer slowly. Owned by the listener. */
        FLUSHING,
        /** The session waits for an event. Owned by the listener. */
        WAITING,
        /** The rest of the client's data is discarded. Owned by the listener. */
        PARTING,
        ENDED
    }

    /** Replaced as a whole, so that no other thread combines the deadline of one phase with another phase. */
    private record State(Phase phase, long since, long deadline) {}

    private final AFUNIXSocketChannel channel;
    private final Socket socket;
    private final Session session;
    private final Deadlines deadlines;
    private final LongSupplier ticker;
    private final Consumer<Connection> onEnd;
    private final Inbox inbox = new Inbox();
    private final Queue<ByteBuffer> output = new ArrayDeque<>();
    private final AtomicReference<State> state;
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
        this.ticker = ticker;
        this.onEnd = onEnd;
        long now = ticker.getAsLong();
        this.state = new AtomicReference<>(
                new State(Phase.LISTENING, now, now + deadlines.read().toNanos()));
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
        return state().phase == Phase.YIELDING;
    }

    /** Ends the client's time limit for the request. */
    public void working() throws IOException {
        enter(Phase.WORKING, Duration.ZERO);
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

    Phase phase() {
        return state().phase;
    }

    /** Whether it waits for its first request. */
    boolean isNew() {
        return !isServed;
    }

    long deadline() {
        return state().deadline;
    }

    boolean isOverdue(long now) {
        return now - state().deadline > 0;
    }

    /** The time in the current phase, by the ticker of the deadlines. */
    long sinceNanos(long now) {
        return now - state().since;
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
            if (isServed && inbox.length() == 0 && state().phase == Phase.LISTENING) {
                enter(Phase.LISTENING, deadlines.read());
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

    /** After an answer: whether no further request is taken. The connection is closed then, or parting. */
    boolean isOver() throws IOException {
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

    /** Changes the phase; false if the connection is no longer in {@code from}. */
    boolean move(Phase from, Phase to) {
        State now = state();
        long time = ticker.getAsLong();
        return now.phase == from && state.compareAndSet(now, new State(to, time, time));
    }

    void queue() throws IOException {
        enter(Phase.QUEUED, deadlines.worker());
    }

    void await() throws IOException {
        block(false);
        enter(Phase.WAITING, Duration.ZERO);
    }

    void listen() throws IOException {
        block(false);
        enter(Phase.LISTENING, inbox.length() > 0 ? deadlines.read() : deadlines.idle());
    }

    void flushLater() throws IOException {
        enter(Phase.FLUSHING, deadlines.write());
    }

    /** Ends the answer and reads on for a limited time, so that a client that is still writing can read the answer. */
    void part() throws IOException {
        block(false);
        socket.shutdownOutput();
        enter(Phase.PARTING, deadlines.drain());
    }

    /** Interrupts the worker that waits for the client's request, so that it can serve others. */
    void yieldWorker() {
        State now = state();
        if (now.phase == Phase.READING
                && state.compareAndSet(now, new State(Phase.YIELDING, now.since, now.deadline))) {
            shutDown(false);
        }
    }

    /**
     * Ends a connection whose worker waits for the client. Only the worker may close the socket: it may be about to read from the
     * descriptor, whose number could by then belong to another connection.
     */
    void endReadingOrWriting() {
        endIf(now -> now.phase == Phase.READING || now.phase == Phase.YIELDING || now.phase == Phase.WRITING);
    }

    /** Ends a connection, whichever thread owns it. */
    void abandon() {
        endIf(now -> true);
    }

    private void endIf(Predicate<State> condition) {
        State now = state();
        while (now.phase != Phase.ENDED && condition.test(now)) {
            if (state.compareAndSet(now, new State(Phase.ENDED, 0, 0))) {
                shutDown(true);
                return;
            }
            now = state();
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
            state.set(new State(Phase.ENDED, 0, 0));
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

    private State state() {
        return requireNonNull(state.get(), "state");
    }

    /** Only the owning thread changes the phase, so a concurrent change can only be the end or a request to yield. */
    private void enter(Phase phase, Duration patience) throws IOException {
        State now = state();
        while (now.phase != Phase.ENDED) {
            long time = ticker.getAsLong();
            long since = now.phase == phase ? now.since : time;
            if (state.compareAndSet(now, new State(phase, since, time + patience.toNanos()))) {
                return;
            }
            now = state();
        }
        throw new ClosedChannelException();
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
                enter(Phase.READING, deadlines.read());
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
            enter(Phase.WRITING, deadlines.write());
            socket.getOutputStream().write(bytes, offset, length);
        }
    }
}
