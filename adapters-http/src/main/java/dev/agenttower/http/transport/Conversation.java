package dev.agenttower.http.transport;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.governance.HeapBudget;
import java.io.FilterOutputStream;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from its first request to its end. While it listens, it belongs to the thread that reads the sockets; with a whole head it goes
 * to a worker, and comes back when the answer is sent. It may be abandoned from any thread.
 */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int DRAINED_BYTES = 8 << 20;
    private static final int DRAINED_AT_ONCE = 8 << 10;
    private static final int FIRST_BYTES = 2 << 10;
    private static final int LINGER_MILLIS = 5;
    private static final Duration PARTING = Duration.ofMillis(500);
    /** So long a client may take an answer, however slowly, before it has to give way. */
    private static final Duration LONG_ANSWER = Duration.ofSeconds(30);

    private static final Duration DRAINING = Duration.ofSeconds(1);

    private enum Phase {
        /** Nothing of a request has come, or a part of its head. */
        LISTENING,
        /** A head is there, and waits for a worker. */
        WAITING,
        /** A worker reads the body. */
        READING,
        /** The worker was told to read no more. */
        YIELDING,
        WORKING,
        WRITING,
        /** An answer was given to what is no request, and what is left of it is thrown away. */
        DRAINING,
        /** Nobody has it any more; it is closed soon. */
        PARTING,
        ENDED
    }

    /** Both at once, so that no other thread sees the deadline of one phase with another. */
    private record State(Phase phase, long deadline) {}

    private final AFUNIXSocketChannel channel;
    private final Socket socket;
    private final HttpService service;
    private final HttpLimits limits;
    private final LargeBodies bodies;
    private final LongSupplier ticker;
    private final BooleanSupplier mayKeepOpen;
    private final Consumer<Conversation> onEnd;
    private final Inbox inbox;
    private final Object connection;
    private final AtomicReference<State> state;
    private volatile long writingSince;
    private @Nullable SelectionKey key;
    private boolean isServed;
    private boolean isClosed;

    /** A connection that listens for its first request; {@code connection} is what is known of it. */
    Conversation(
            AFUNIXSocketChannel channel,
            Object connection,
            HttpService service,
            HttpLimits limits,
            LargeBodies bodies,
            LongSupplier ticker,
            BooleanSupplier mayKeepOpen,
            Consumer<Conversation> onEnd) {
        this.channel = channel;
        this.socket = channel.socket();
        this.connection = connection;
        this.service = service;
        this.limits = limits;
        this.bodies = bodies;
        this.ticker = ticker;
        this.mayKeepOpen = mayKeepOpen;
        this.onEnd = onEnd;
        this.inbox = new Inbox(limits.headBytes());
        this.state = new AtomicReference<>(new State(
                Phase.LISTENING, ticker.getAsLong() + limits.deadlines().read().toNanos()));
    }

    /**
     * Takes what has come, without waiting; tells whether a worker is to go on, and otherwise listens for more. Only for the thread that reads the
     * sockets, like {@link #stopListening()}.
     *
     * @throws IOException if the client is gone
     */
    boolean listen(Selector selector, ByteBuffer scratch) throws IOException {
        while (!inbox.hasHead()) {
            if (key == null) {
                channel.configureBlocking(false);
            }
            int count = channel.read(scratch.clear());
            if (count < 0) {
                throw new ClosedChannelException();
            }
            if (count == 0) {
                if (key == null) {
                    key = channel.register(selector, SelectionKey.OP_READ, this);
                }
                return false;
            }
            if (isServed && inbox.length() == 0) {
                enter(Phase.LISTENING, limits.deadlines().read().toNanos());
            }
            inbox.append(scratch.flip());
        }
        stopListening();
        enter(Phase.WAITING, limits.deadlines().worker().toNanos());
        return true;
    }

    /** Waits a moment for the head of the next request, in the worker that served the last one; tells whether it is there. */
    boolean awaitNext() {
        try {
            if (!inbox.hasHead()) {
                int count = receive(new byte[FIRST_BYTES]);
                if (count <= 0 || !inbox.hasHead()) {
                    return false;
                }
            }
            enter(Phase.WAITING, limits.deadlines().worker().toNanos());
            return true;
        } catch (IOException gone) { // whoever listens to it next finds the same
            LOG.trace("a client left", gone);
            return false;
        }
    }

    private int receive(byte[] first) throws IOException {
        socket.setSoTimeout(LINGER_MILLIS);
        int count;
        try {
            count = socket.getInputStream().read(first);
        } catch (SocketTimeoutException e) {
            count = 0;
        } finally {
            socket.setSoTimeout(0);
        }
        if (count > 0) {
            enter(Phase.LISTENING, limits.deadlines().read().toNanos());
            inbox.append(ByteBuffer.wrap(first, 0, count));
        }
        return count;
    }

    /** Gives the connection free for a thread that waits for it. */
    void stopListening() throws IOException {
        if (key != null) {
            key.cancel();
            key = null;
        }
        channel.configureBlocking(true);
    }

    /** How much memory is taken by what has come of it. */
    int heldBytes() {
        return inbox.room();
    }

    /** Whether it listens for its first request. */
    boolean isNew() {
        return !isServed;
    }

    /** Serves the request whose head is there; tells whether another one may follow. Otherwise the connection is closed, or was turned away. */
    boolean serve() {
        State now = state();
        if (now.phase == Phase.WAITING
                && state.compareAndSet(
                        now,
                        new State(
                                Phase.READING,
                                ticker.getAsLong() + limits.deadlines().read().toNanos()))) {
            return serveOrClose();
        }
        if (state().phase == Phase.ENDED) {
            close();
        }
        return false;
    }

    private boolean serveOrClose() {
        boolean goesOn = false;
        try {
            goesOn = serveOne();
            if (goesOn) {
                isServed = true;
                inbox.trim();
                enter(Phase.LISTENING, limits.deadlines().idle().toNanos());
            }
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            goesOn = false;
        } finally {
            if (!goesOn) {
                close();
            }
        }
        return goesOn;
    }

    /**
     * Tells the client that nobody has time for it. It may still be writing its request and would not look for an answer if that failed, so
     * the connection is left half open for a moment. For one that listens or waits.
     */
    void turnAway() {
        State now = state();
        if (now.phase != Phase.LISTENING && now.phase != Phase.WAITING) {
            return;
        }
        if (state.compareAndSet(
                now,
                new State(
                        Phase.WRITING,
                        ticker.getAsLong() + limits.deadlines().write().toNanos()))) {
            try {
                send(
                        new HttpMessages(socket, InputStream.nullInputStream()),
                        service.refuse(HttpFault.BUSY),
                        false,
                        false);
                socket.shutdownOutput();
                enter(Phase.PARTING, PARTING.toNanos());
            } catch (IOException gone) {
                LOG.trace("a client left", gone);
                close();
            }
        }
    }

    boolean isWaiting() {
        return state().phase == Phase.WAITING;
    }

    boolean isListening() {
        return state().phase == Phase.LISTENING;
    }

    long deadline() {
        return state().deadline;
    }

    /** How long a worker has been waiting for its client to send, or much too long to receive; 0 or less where none is. */
    long awaitedNanos(long time) {
        State now = state();
        return switch (now.phase) {
            case READING -> time - now.deadline + limits.deadlines().read().toNanos();
            case DRAINING -> time - now.deadline + DRAINING.toNanos();
            case WRITING -> time - writingSince - LONG_ANSWER.toNanos();
            default -> 0;
        };
    }

    /** Lets the worker that waits for its client turn to others. */
    void yieldWorker() {
        State now = state();
        if (now.phase == Phase.READING && state.compareAndSet(now, new State(Phase.YIELDING, now.deadline))) {
            shutDown(false);
        }
        endIf(late -> late.phase == Phase.DRAINING || late.phase == Phase.WRITING);
    }

    /** Ends the connection if it listens, and never while a request is being answered. */
    void giveWay() {
        endIf(now -> now.phase == Phase.LISTENING);
    }

    /** Ends the connection if a deadline of its client has passed. */
    void endIfOverdue(long time) {
        if (state().phase == Phase.WAITING) {
            if (time - deadline() > 0) {
                turnAway();
            }
        } else {
            endIf(now -> now.phase != Phase.WORKING && now.phase != Phase.ENDED && time - now.deadline > 0);
        }
    }

    /** Ends the connection under whoever reads or writes. */
    void abandon() {
        while (state().phase != Phase.ENDED) {
            endIf(now -> true);
        }
    }

    private State state() {
        return requireNonNull(state.get(), "state");
    }

    private void endIf(Predicate<State> condition) {
        State now = state();
        if (condition.test(now) && state.compareAndSet(now, new State(Phase.ENDED, 0))) {
            if (now.phase == Phase.PARTING) {
                close();
            } else {
                shutDown(true);
            }
        }
    }

    /**
     * Wakes the thread that reads or writes. Only that thread may close the socket: it may be about to read from a descriptor whose number
     * would by then belong to another connection.
     */
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

    /** Closes the socket, of which nobody reads or writes any more. */
    synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        state.set(new State(Phase.ENDED, 0));
        try {
            channel.close();
        } catch (IOException e) {
            LOG.trace("closing a connection", e);
        }
        onEnd.accept(this);
    }

    private boolean serveOne() throws IOException {
        HttpMessages http = new HttpMessages(socket, InputStream.nullInputStream());
        ClassicHttpRequest head;
        RequestHead frame;
        LargeBodies.Body body;
        try {
            frame = inbox.head();
            http = new HttpMessages(socket, inbox.request(frame, socket.getInputStream()));
            head = http.receiveRequestHeader();
            if (head == null) {
                return false;
            }
            body = body(http, head, frame);
        } catch (FaultException e) {
            return refuse(http, e.fault());
        } catch (HttpException | MalformedChunkCodingException e) {
            return refuse(http, HttpFault.MALFORMED);
        } catch (ConnectionClosedException e) {
            return refuse(http, state().phase == Phase.YIELDING ? HttpFault.BUSY : HttpFault.MALFORMED);
        } catch (OutOfMemoryError e) {
            return refuse(http, HttpFault.NO_MEMORY);
        }
        HeapBudget.Scope scope = HeapBudget.scope();
        try {
            return answer(http, head, body, frame.bodyBytes() == RequestHead.CHUNKED);
        } finally {
            scope.close();
        }
    }

    /** Answers a request within a scope: what it claims is free again when the answer is sent. */
    private boolean answer(HttpMessages http, ClassicHttpRequest head, LargeBodies.Body body, boolean isChunked)
            throws IOException {
        HttpReply reply;
        try {
            enter(Phase.WORKING, 0);
            reply = service.reply(
                    new HttpRequest(head.getMethod(), head.getRequestUri(), headers(head), body.bytes(), connection));
        } catch (OutOfMemoryError e) {
            LOG.error("no memory for {}: {}", head.getRequestUri(), e.getMessage());
            return refuse(http, HttpFault.NO_MEMORY);
        } finally {
            body.claim().close();
        }
        // What follows a body in chunks may be in a buffer of the library already.
        boolean keep = mayKeepOpen.getAsBoolean() && wantsMore(head) && !isChunked;
        send(http, reply, keep, head.getMethod().equals("HEAD"));
        return keep;
    }

    private LargeBodies.Body body(HttpMessages http, ClassicHttpRequest head, RequestHead frame)
            throws IOException, HttpException, FaultException {
        http.receiveRequestEntity(head);
        HttpEntity entity = head.getEntity();
        if (entity == null) {
            return bodies.read(InputStream.nullInputStream(), 0);
        }
        if (frame.bodyBytes() > limits.bodyBytes()) {
            throw new FaultException(HttpFault.BODY_TOO_LARGE);
        }
        Header expect = head.getFirstHeader("Expect");
        if (expect != null && "100-continue".equalsIgnoreCase(expect.getValue())) {
            http.sendResponseHeader(new BasicClassicHttpResponse(100));
            http.flush();
        }
        return bodies.read(entity.getContent(), frame.bodyBytes());
    }

    private boolean refuse(HttpMessages http, HttpFault fault) throws IOException {
        send(http, service.refuse(fault), false, false);
        drain();
        return false;
    }

    /** Reads on for a moment, so that a client that is still writing gets to read the answer. */
    private void drain() throws IOException {
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] thrown = new byte[DRAINED_AT_ONCE];
        enter(Phase.DRAINING, DRAINING.toNanos());
        int left = DRAINED_BYTES;
        for (int count = in.read(thrown); count >= 0 && left > 0; count = in.read(thrown)) {
            left -= count;
        }
    }

    private void send(HttpMessages http, HttpReply reply, boolean keep, boolean isHeadOnly) throws IOException {
        writingSince = ticker.getAsLong();
        enter(Phase.WRITING, limits.deadlines().write().toNanos());
        HttpContent content = reply.content();
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        response.setVersion(HttpVersion.HTTP_1_1);
        response.addHeader("Content-Type", reply.contentType());
        if (content.length() >= 0) {
            response.addHeader("Content-Length", content.length());
        } else {
            response.addHeader("Transfer-Encoding", "chunked");
        }
        response.addHeader("Cache-Control", "no-store");
        response.addHeader("Connection", keep ? "keep-alive" : "close");
        reply.headers().forEach(response::addHeader);
        try {
            http.sendResponseHeader(response);
            if (!isHeadOnly) {
                response.setEntity(new EntityTemplate(
                        content.length(),
                        ContentType.parseLenient(reply.contentType()),
                        null,
                        out -> write(content, new Refreshing(out))));
                http.sendResponseEntity(response);
            }
        } catch (HttpException e) {
            throw new IllegalStateException("an answer that is no HTTP", e);
        }
        http.flush();
    }

    /** Cuts the connection where something fails: the library would end the chunks as if all had been said. */
    private void write(HttpContent content, OutputStream out) throws IOException {
        boolean isWhole = false;
        try {
            content.writeTo(out);
            isWhole = true;
        } finally {
            if (!isWhole) {
                shutDown(true);
            }
        }
    }

    /** Grants the write deadline anew for each piece of content. */
    private final class Refreshing extends FilterOutputStream {
        Refreshing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            enter(Phase.WRITING, limits.deadlines().write().toNanos());
            out.write(bytes, offset, length);
        }
    }

    private static boolean wantsMore(ClassicHttpRequest head) {
        boolean isOld = head.getVersion() != null && head.getVersion().lessEquals(HttpVersion.HTTP_1_0);
        Header wish = head.getFirstHeader("Connection");
        String value = wish == null ? "" : wish.getValue().toLowerCase(Locale.ROOT);
        return isOld ? value.contains("keep-alive") : !value.contains("close");
    }

    private static Map<String, String> headers(ClassicHttpRequest head) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : head.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue() == null ? "" : header.getValue());
        }
        return headers;
    }

    /** Only this conversation goes on to another phase, so what has changed meanwhile is that it was ended, or told to yield. */
    private void enter(Phase next, long nanos) throws IOException {
        State now = state();
        while (now.phase != Phase.ENDED) {
            if (state.compareAndSet(now, new State(next, ticker.getAsLong() + nanos))) {
                return;
            }
            now = state();
        }
        throw new ClosedChannelException();
    }
}
