package dev.agenttower.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A minimal HTTP client for measuring a server: requests are prepared bytes, answers are read to their end, and only their status is
 * parsed. Used by one thread at a time.
 */
final class BareClient implements AutoCloseable {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END_OF_CHUNKS = "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final UnixDomainSocketAddress address;
    private final boolean keepsConnection;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
    private @Nullable SocketChannel channel;

    /** A client with one connection for all requests, or one for each. */
    BareClient(Path socket, boolean keepsConnection) {
        this.address = UnixDomainSocketAddress.of(socket);
        this.keepsConnection = keepsConnection;
    }

    /** A request without body. */
    static byte[] get(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A request with a body. */
    static byte[] send(String method, String target, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = (method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer whole = ByteBuffer.allocate(head.length + body.length);
        return whole.put(head).put(body).array();
    }

    /** Sends a request, reads the answer and returns its status. */
    int call(byte[] request) throws IOException {
        return exchange(request, null);
    }

    /** Sends a request and returns the body of an answer with a stated length. */
    String body(byte[] request) throws IOException {
        StringBuilder body = new StringBuilder();
        int status = exchange(request, body);
        if (status >= 300) {
            throw new IOException(status + " " + body);
        }
        return body.toString();
    }

    private int exchange(byte[] request, @Nullable StringBuilder body) throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            open = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.connect(address);
            channel = open;
        }
        try {
            for (ByteBuffer out = ByteBuffer.wrap(request); out.hasRemaining(); ) {
                open.write(out);
            }
            return answer(open, body);
        } finally {
            if (!keepsConnection) {
                close();
            }
        }
    }

    private int answer(SocketChannel open, @Nullable StringBuilder body) throws IOException {
        buffer.clear();
        int end = -1;
        while (end < 0) {
            fill(open);
            end = indexOf(END_OF_HEAD, buffer.position());
        }
        byte[] bytes = new byte[end];
        buffer.get(0, bytes);
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = end + END_OF_HEAD.length;
        int length = head.indexOf("\r\nContent-Length: ");
        if (length < 0) {
            skipChunks(open, start);
        } else {
            int from = length + "\r\nContent-Length: ".length();
            int to = head.indexOf('\r', from);
            read(open, start, Integer.parseInt(head.substring(from, to < 0 ? head.length() : to)), body);
        }
        return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    private void read(SocketChannel open, int start, int length, @Nullable StringBuilder body) throws IOException {
        int left = length - (buffer.position() - start);
        take(start, body);
        while (left > 0) {
            buffer.clear();
            fill(open);
            left -= buffer.position();
            take(0, body);
        }
    }

    private void take(int start, @Nullable StringBuilder body) {
        if (body != null) {
            byte[] bytes = new byte[buffer.position() - start];
            buffer.get(start, bytes);
            body.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** The contents have no bare carriage return, so the last chunk is recognized by its bytes. */
    private void skipChunks(SocketChannel open, int start) throws IOException {
        buffer.flip().position(start);
        buffer.compact();
        while (!endsWith(END_OF_CHUNKS)) {
            if (buffer.position() > buffer.capacity() / 2) {
                buffer.flip().position(buffer.limit() - END_OF_CHUNKS.length);
                buffer.compact();
            }
            fill(open);
        }
    }

    private boolean endsWith(byte[] bytes) {
        int from = buffer.position() - bytes.length;
        return from >= 0 && isAt(bytes, from);
    }

    private int indexOf(byte[] bytes, int to) {
        for (int i = 0; i <= to - bytes.length; i++) {
            if (isAt(bytes, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(byte[] bytes, int from) {
        for (int i = 0; i < bytes.length; i++) {
            if (buffer.get(from + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void fill(SocketChannel open) throws IOException {
        if (open.read(buffer) < 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
