package dev.agenttower.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** One connection of a client that writes HTTP by hand. */
final class HttpExchange implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel channel;
    private final ByteBuffer one = ByteBuffer.allocate(1);

    HttpExchange(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    HttpExchange send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    /** Sends a request with a JSON body and gives the answer. */
    Reply exchange(String method, String target, String body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: tower\r\n");
        if (!body.isEmpty()) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head.append("\r\n").append(body).toString()).read();
    }

    /** The next answer. */
    Reply read() throws IOException {
        String statusLine = line();
        int length = -1;
        String connection = "";
        StringBuilder headers = new StringBuilder();
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.append(header).append('\n');
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("connection:")) {
                connection = lower.substring(11).strip();
            }
        }
        String body = length >= 0 ? text(length) : chunks();
        return new Reply(
                Integer.parseInt(statusLine.split(" ")[1]), headers.toString(), body, connection.equals("keep-alive"));
    }

    /** The status line of an answer that another one follows. */
    String interim() throws IOException {
        String statusLine = line();
        while (!line().isEmpty()) {
            // headers of no interest
        }
        return statusLine;
    }

    /** Whether the server has closed the connection, once everything it sent is read. */
    boolean isAtEnd() throws IOException {
        return channel.read(one.clear()) < 0;
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("closed after: " + line.toString(StandardCharsets.UTF_8));
            }
            byte read = one.get(0);
            if (read == '\n') {
                return line.toString(StandardCharsets.UTF_8).strip();
            }
            line.write(read);
        }
    }

    private String text(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new IOException("closed within the body");
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** An answer. */
    record Reply(int status, String headers, String body, boolean keepsAlive) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }
}
