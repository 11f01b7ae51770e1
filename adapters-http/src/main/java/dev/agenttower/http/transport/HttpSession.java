package dev.agenttower.http.transport;

import dev.agenttower.core.governance.HeapBudget;
import dev.agenttower.unix.connection.Connection;
import dev.agenttower.unix.connection.Inbox;
import dev.agenttower.unix.connection.Lane;
import dev.agenttower.unix.connection.Next;
import dev.agenttower.unix.connection.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of one connection, parsed and formatted by the library. */
final class HttpSession implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSession.class);
    private static final Http1Config CONFIG = Http1Config.custom()
            .setMaxEmptyLineCount(HeadScan.MOST_EMPTY_LINES + 1)
            .build();
    private static final int BUFFER = 4 << 10;
    /** Content up to this length is sent without keeping a worker. */
    private static final int SMALL_CONTENT = 64 << 10;

    private final HttpService service;
    private final Object client;
    private HeadScan scan = new HeadScan();

    /** A new session; {@code client} is the service's object for the connection. */
    HttpSession(HttpService service, Object client) {
        this.service = service;
        this.client = client;
    }

    @Override
    public boolean isAdmitted() {
        return service.admits(client);
    }

    @Override
    public @Nullable Lane lane(Inbox received) {
        return scan.scan(received) ? Lane.QUICK : null;
    }

    @Override
    public Next refuse(Rejection reason, Connection connection) throws IOException {
        return switch (reason) {
            case NOT_ADMITTED -> refuse(connection, HttpFault.NOT_ADMITTED);
            case NO_ROOM, NO_WORKER, SILENT -> refuse(connection, HttpFault.BUSY);
        };
    }

    private Next refuse(Connection connection, HttpFault fault) throws IOException {
        connection.working();
        send(connection, service.refuse(fault), false, false);
        return Next.DRAIN;
    }

    @Override
    public Next serve(Connection connection) throws IOException {
        HttpFault fault = scan.fault();
        if (fault != null) {
            return refuse(connection, fault);
        }
        byte[] bytes = connection.inbox().take(scan.length());
        scan = new HeadScan();
        ClassicHttpRequest head;
        LargeBodies.Body body;
        RequestHead frame;
        try {
            frame = RequestHead.of(bytes);
            head = new DefaultHttpRequestParser(CONFIG)
                    .parse(new SessionInputBufferImpl(BUFFER), new ByteArrayInputStream(bytes));
            body = body(connection, head, frame.bodyBytes());
        } catch (FaultException e) {
            return refuse(connection, e.fault());
        } catch (HttpException | MalformedChunkCodingException e) {
            return refuse(connection, HttpFault.MALFORMED);
        } catch (ConnectionClosedException e) {
            return refuse(connection, connection.isYielding() ? HttpFault.BUSY : HttpFault.MALFORMED);
        } catch (OutOfMemoryError e) {
            return refuse(connection, HttpFault.NO_MEMORY);
        }
        try {
            connection.working();
            HttpRequest request =
                    new HttpRequest(head.getMethod(), head.getRequestUri(), headers(head), body.bytes(), client);
            // The library may already have buffered bytes after a chunked body.
            boolean keep = wantsMore(head) && frame.bodyBytes() != RequestHead.CHUNKED;
            return answer(connection, request, keep, () -> service.reply(request));
        } finally {
            body.claim().close();
        }
    }

    private LargeBodies.Body body(Connection connection, ClassicHttpRequest head, long length)
            throws IOException, FaultException {
        if (length > LargeBodies.MOST) {
            throw new FaultException(HttpFault.BODY_TOO_LARGE);
        }
        Header expect = head.getFirstHeader("Expect");
        if (length != 0 && expect != null && "100-continue".equalsIgnoreCase(expect.getValue())) {
            connection.output().write(bytes(new BasicClassicHttpResponse(100)));
        }
        InputStream in = connection.input();
        return length == RequestHead.CHUNKED
                ? LargeBodies.read(new ChunkedBody(new SessionInputBufferImpl(BUFFER), in), length)
                : LargeBodies.read(in, length);
    }

    /** Answers within a scope: its memory claims are released when the answer is sent. */
    private Next answer(Connection connection, HttpRequest request, boolean keep, Supplier<HttpAnswer> work)
            throws IOException {
        HeapBudget.Scope scope = HeapBudget.scope();
        try {
            HttpAnswer answer = work.get();
            if (answer instanceof HttpAnswer.Later later) {
                return new Next.Wait(
                        later.patience(), later.hasCome(), again -> answer(again, request, keep, later.work()));
            }
            boolean isKept = keep && connection.mayStayOpen();
            send(connection, (HttpReply) answer, isKept, request.method().equals("HEAD"));
            return isKept ? Next.KEEP_OPEN : Next.CLOSE;
        } catch (OutOfMemoryError e) {
            LOG.error("no memory for {}: {}", request.target(), e.getMessage());
            return refuse(connection, HttpFault.NO_MEMORY);
        } finally {
            scope.close();
        }
    }

    private static void send(Connection connection, HttpReply reply, boolean keep, boolean isHeadOnly)
            throws IOException {
        HttpContent content = reply.content();
        byte[] head = head(reply, keep);
        if (isHeadOnly) {
            connection.send(head);
        } else if (content.length() >= 0 && content.length() <= SMALL_CONTENT) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length + (int) content.length());
            whole.writeBytes(head);
            content.writeTo(whole);
            connection.send(whole.toByteArray());
        } else {
            write(connection, head, content);
        }
    }

    /** Closes the connection on a failure: a final chunk means a complete answer. */
    private static void write(Connection connection, byte[] head, HttpContent content) throws IOException {
        boolean isWhole = false;
        try {
            OutputStream out = connection.output();
            out.write(head);
            if (content.length() >= 0) {
                content.writeTo(out);
            } else {
                SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(BUFFER);
                ChunkedOutputStream chunks = new ChunkedOutputStream(buffer, out, 2 * BUFFER);
                content.writeTo(chunks);
                chunks.finish();
                buffer.flush(out);
            }
            isWhole = true;
        } finally {
            if (!isWhole) {
                connection.cut();
            }
        }
    }

    private static byte[] head(HttpReply reply, boolean keep) throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        response.addHeader("Content-Type", reply.contentType());
        long length = reply.content().length();
        response.addHeader(length < 0 ? "Transfer-Encoding" : "Content-Length", length < 0 ? "chunked" : length);
        response.addHeader("Cache-Control", "no-store");
        response.addHeader("Connection", keep ? "keep-alive" : "close");
        reply.headers().forEach(response::addHeader);
        return bytes(response);
    }

    private static byte[] bytes(ClassicHttpResponse response) throws IOException {
        response.setVersion(HttpVersion.HTTP_1_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(BUFFER);
        try {
            new DefaultHttpResponseWriter().write(response, buffer, out);
        } catch (HttpException e) {
            throw new IllegalStateException("an answer that is no HTTP", e);
        }
        buffer.flush(out);
        return out.toByteArray();
    }

    private static boolean wantsMore(ClassicHttpRequest head) {
        boolean isOld = head.getVersion() != null && head.getVersion().lessEquals(HttpVersion.HTTP_1_0);
        Header connection = head.getFirstHeader("Connection");
        String value = connection == null ? "" : connection.getValue().toLowerCase(Locale.ROOT);
        return isOld ? value.contains("keep-alive") : !value.contains("close");
    }

    private static Map<String, String> headers(ClassicHttpRequest head) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : head.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue() == null ? "" : header.getValue());
        }
        return headers;
    }
}
