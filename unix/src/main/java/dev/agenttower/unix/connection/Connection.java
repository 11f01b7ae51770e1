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
 * One connection, from its accept to its end. It belongs to one thread at a time: the one that listens, or a worker. What a session may use is
 * public; only the thread that has the connection may use it.
 */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int LINGER_MILLIS = 5;

    /** Where a connection stands, and so which thread has it. */
    enum Phase {
        /** Nothing of a request has come, or a part of one. The listener has it. */
        LISTENING,
        /** A request waits for a worker. */
        QUEUED,
        /** A worker makes the answer. */
        WORKING,
        /** A worker waits for the rest of the request. */
        READING,
        /** As READING, and the worker was told to read no more. */
        YIELDING,
        /** A worker waits until the client takes a piece of the answer. */
        WRITING,
        /** The client takes the rest of the answer slowly. The listener has it. */
        FLUSHING,
        /** The session waits for something to come. The listener has it. */
        WAITING,
        /** What the client still sends is thrown away. The listener has it. */
        PARTING,
        ENDED
    }

    /** All at once, so that no other thread sees the deadline of one phase with another. */
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

    // What a session may use.

    /** What was received and is not used yet. */
    public Inbox inbox() {
        return inbox;
    }

    /** Whether another request may follow; not while the server closes. */
    public boolean mayStayOpen() {
        return !isLast;
    }

    /** Sends bytes after those that were sent before, without waiting for the client. The array must not be changed any more. */
    public void send(byte[] bytes) {
        output.add(ByteBuffer.wrap(bytes));
    }

    /** Runs an action once the answer is sent, or can never be; it must return at once. */
    public void afterwards(Runnable action) {
        afterwards = action;
    }

    /**
     * The bytes of the client: those in the inbox, and then what is still to come. Reading waits at most for the read deadline, and ends early,
     * as if the client had, once the worker is needed by others ({@link #isYielding()}).
     */
    public InputStream input() {
        return new Input();
    }

    /** Whether reading was ended because others need the worker. */
    public boolean isYielding() {
        return state().phase == Phase.YIELDING;
    }

    /** Ends the time that the client has for its request. */
    public void working() throws IOException {
        enter(Phase.WORKING, Duration.ZERO);
    }

    /** Writes to the client; each piece must be taken within the write deadline. For answers that are too large for {@link #send}. */
    public OutputStream output() {
        return new Output();
    }

    /** Cuts the connection, so that the client sees that something is missing. */
    public void cut() {
        shutDown(true);
    }

    // What the server does with it.

    Session session() {
        return session;
    }

    Phase phase() {
        return state().phase;
    }

    /** Whether it listens for its first request. */
    boolean isNew() {
        return !isServed;
    }

    long deadline() {
        return state().deadline;
    }

    boolean isOverdue(long now) {
        return now - state().deadline > 0;
    }

    /** How long it has been in its phase, by the clock of the deadlines. */
    long sinceNanos(long now) {
        return now - state().since;
    }

    /** Memory that it takes while the listener has it; counted anew by {@link #count()}. */
    int held() {
        return held;
    }

    int count() {
        held = inbox.room() + output.stream().mapToInt(ByteBuffer::remaining).sum();
        return held;
    }

    /**
     * Receives what has come, without waiting.
     *
     * @return false if nothing has, not even the end
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

    /** Receives what has come within a moment, in the worker that served the last request. */
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

    /** Throws away what has come; false at the end of the stream, or of what is read of it at most. */
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

    /** Lets the selector report it. */
    void watch(Selector selector, int operations) throws IOException {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        } else {
            unwatch();
            key = channel.register(selector, operations, this);
        }
    }

    /** A connection that another thread has must not be in the selector, which reports a hang-up even where nothing was asked for. */
    void unwatch() {
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    /** Sends what is to be sent, without waiting; whether all of it is. */
    boolean flush() throws IOException {
        boolean isInterrupted = Thread.interrupted(); // the channel would close instead of write
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

    /** What follows the answer. */
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

    /** No further request is taken. */
    void setLast() {
        isLast = true;
    }

    /** Goes from one phase to another; false if it is in another phase by now. */
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

    /** Ends the answer, and reads on for a moment, so that a client that is still writing gets to read it. */
    void part() throws IOException {
        block(false);
        socket.shutdownOutput();
        enter(Phase.PARTING, deadlines.drain());
    }

    /** Lets the worker that waits for the client's request turn to others. */
    void yieldWorker() {
        State now = state();
        if (now.phase == Phase.READING
                && state.compareAndSet(now, new State(Phase.YIELDING, now.since, now.deadline))) {
            shutDown(false);
        }
    }

    /**
     * Ends a connection that a worker has, if the worker waits for its client. Only the worker may close the socket: it may be about to read from a
     * descriptor whose number would by then belong to another connection.
     */
    void endReadingOrWriting() {
        endIf(now -> now.phase == Phase.READING || now.phase == Phase.YIELDING || now.phase == Phase.WRITING);
    }

    /** Ends a connection, whoever has it. */
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

    /** Closes the socket. For the thread that has the connection. */
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

    /** Only one thread goes on to another phase, so what has changed meanwhile is that the connection was ended, or told to yield. */
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
