package dev.agenttower.http.transport;

import static java.util.Objects.requireNonNull;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
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
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.newsclub.net.unix.AFUNIXSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from its first request to its end. Runs on one thread; may be abandoned from any. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int DRAINED_BYTES = 8 << 20;
    private static final Duration PARTING = Duration.ofMillis(500);
    private static final Http1Config HTTP = Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxEmptyLineCount(4)
            .build();

    private enum Phase {
        IDLE,
        READING,
        WORKING,
        WRITING,
        PARTING,
        ENDED
    }

    /** Both at once, so that no other thread sees the deadline of one phase with another. */
    private record State(Phase phase, long deadline) {}

    private final AFUNIXSocket socket;
    private final DefaultBHttpServerConnection http = new DefaultBHttpServerConnection("http", HTTP);
    private final HttpService service;
    private final HttpLimits limits;
    private final LargeBodies bodies;
    private final LongSupplier ticker;
    private final BooleanSupplier mayKeepOpen;
    private final Consumer<Conversation> onEnd;
    private volatile Object connection = "";
    private boolean isClosed;
    private final AtomicReference<State> state = new AtomicReference<>(new State(Phase.WORKING, 0));

    Conversation(
            AFUNIXSocket socket,
            HttpService service,
            HttpLimits limits,
            LargeBodies bodies,
            LongSupplier ticker,
            BooleanSupplier mayKeepOpen,
            Consumer<Conversation> onEnd)
            throws IOException {
        this.socket = socket;
        this.service = service;
        this.limits = limits;
        this.bodies = bodies;
        this.ticker = ticker;
        this.mayKeepOpen = mayKeepOpen;
        this.onEnd = onEnd;
        http.bind(socket);
    }

    /** Takes what is known of the connection; from now on the first request is awaited. */
    void begin(Object known) throws IOException {
        connection = known;
        enter(Phase.READING, limits.readDeadline().toNanos());
    }

    void run() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = serveOne() && awaitNext();
            }
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
        } finally {
            close();
        }
    }

    /**
     * Tells the client that nobody has time for it. It may still be writing its request and would not look for an answer if that failed, so
     * the connection is left half open for a moment.
     */
    void turnAway() {
        try {
            send(service.refuse(HttpFault.BUSY), false, false);
            socket.shutdownOutput();
            enter(Phase.PARTING, PARTING.toNanos());
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            close();
        }
    }

    boolean isIdle() {
        return state().phase == Phase.IDLE;
    }

    long deadline() {
        return state().deadline;
    }

    /** Ends the connection if it waits for another request, and never while one is being answered. */
    void giveWay() {
        endIf(now -> now.phase == Phase.IDLE);
    }

    /** Ends the connection if a deadline of its client has passed. */
    void endIfOverdue(long time) {
        endIf(now -> now.phase != Phase.WORKING && now.phase != Phase.ENDED && time - now.deadline > 0);
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
                disconnect();
            }
        }
    }

    /**
     * Wakes the thread that reads or writes. Only that thread may close the socket: it may be about to read from a descriptor whose number
     * would by then belong to another connection.
     */
    private synchronized void disconnect() {
        try {
            if (!isClosed) {
                socket.shutdownInput();
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.trace("ending a connection", e);
        }
    }

    /** Closes the socket, of which nobody reads or writes any more. */
    synchronized void close() {
        isClosed = true;
        state.set(new State(Phase.ENDED, 0));
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("closing a connection", e);
        }
        onEnd.accept(this);
    }

    private boolean awaitNext() throws IOException {
        enter(Phase.IDLE, limits.idleDeadline().toNanos());
        // Who has come to wait since the answer was begun could not see that this connection is idle.
        if (!mayKeepOpen.getAsBoolean()) {
            return false;
        }
        if (!http.isDataAvailable(Timeout.ofNanoseconds(limits.idleDeadline().toNanos()))) {
            return false;
        }
        enter(Phase.READING, limits.readDeadline().toNanos());
        return true;
    }

    private boolean serveOne() throws IOException {
        ClassicHttpRequest head;
        LargeBodies.Body body;
        try {
            head = http.receiveRequestHeader();
            if (head == null) {
                return false;
            }
            body = body(head);
        } catch (FaultException e) {
            return refuse(e.fault());
        } catch (MessageConstraintException | RequestHeaderFieldsTooLargeException e) {
            return refuse(HttpFault.HEAD_TOO_LARGE);
        } catch (UnsupportedHttpVersionException e) {
            return refuse(HttpFault.UNSUPPORTED_VERSION);
        } catch (HttpException e) {
            return refuse(HttpFault.MALFORMED);
        }
        HttpReply reply;
        try {
            enter(Phase.WORKING, 0);
            reply = service.reply(
                    new HttpRequest(head.getMethod(), head.getRequestUri(), headers(head), body.bytes(), connection));
        } finally {
            body.release().run();
        }
        boolean keep = mayKeepOpen.getAsBoolean() && wantsMore(head);
        send(reply, keep, head.getMethod().equals("HEAD"));
        return keep;
    }

    private LargeBodies.Body body(ClassicHttpRequest head) throws IOException, HttpException, FaultException {
        http.receiveRequestEntity(head);
        HttpEntity entity = head.getEntity();
        if (entity == null) {
            return new LargeBodies.Body(new byte[0], () -> {});
        }
        if (entity.getContentLength() > limits.bodyBytes()) {
            throw new FaultException(HttpFault.BODY_TOO_LARGE);
        }
        Header expect = head.getFirstHeader("Expect");
        if (expect != null && "100-continue".equalsIgnoreCase(expect.getValue())) {
            http.sendResponseHeader(new BasicClassicHttpResponse(100));
            http.flush();
        }
        InputStream content = entity.getContent();
        return bodies.read(content, entity.getContentLength());
    }

    private boolean refuse(HttpFault fault) throws IOException {
        send(service.refuse(fault), false, false);
        drain();
        return false;
    }

    /** Reads on for a moment, so that a client that is still writing gets to read the answer. */
    private void drain() throws IOException {
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        byte[] thrown = new byte[LONGEST_LINE];
        int left = DRAINED_BYTES;
        for (int count = in.read(thrown); count >= 0 && left > 0; count = in.read(thrown)) {
            left -= count;
        }
    }

    private void send(HttpReply reply, boolean keep, boolean isHeadOnly) throws IOException {
        enter(Phase.WRITING, limits.writeDeadline().toNanos());
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
                        out -> content.writeTo(new Refreshing(out))));
                http.sendResponseEntity(response);
            }
        } catch (HttpException e) {
            throw new IllegalStateException("an answer that is no HTTP", e);
        }
        http.flush();
    }

    /** Grants the write deadline anew for each piece of content. */
    private final class Refreshing extends FilterOutputStream {
        Refreshing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            enter(Phase.WRITING, limits.writeDeadline().toNanos());
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

    /** Only this conversation goes on to another phase, so what has changed meanwhile is that it was ended. */
    private void enter(Phase next, long nanos) throws IOException {
        State now = state();
        if (now.phase == Phase.ENDED || !state.compareAndSet(now, new State(next, ticker.getAsLong() + nanos))) {
            throw new ClosedChannelException();
        }
    }
}
