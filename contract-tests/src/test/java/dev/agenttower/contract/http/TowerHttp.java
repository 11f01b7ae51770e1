package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of the HTTP socket that writes and reads HTTP by hand, one connection for each request. In the JSON that it is given, single quotes
 * stand for double ones, but where a backslash goes before them. Thread-safe.
 */
final class TowerHttp {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path socket;

    TowerHttp(Path socket) {
        this.socket = socket;
    }

    Reply get(String target, String... headers) {
        return send("GET", target, null, headers);
    }

    Reply post(String target, String json, String... headers) {
        return send("POST", target, json, headers);
    }

    Reply put(String target, String json, String... headers) {
        return send("PUT", target, json, headers);
    }

    Reply delete(String target, String... headers) {
        return send("DELETE", target, null, headers);
    }

    /** Sends a request, with a body if there is one. */
    Reply send(String method, String target, @Nullable String json, String... headers) {
        StringBuilder head =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: tower\r\nConnection: close\r\n");
        byte[] body = json == null ? new byte[0] : quoted(json).getBytes(StandardCharsets.UTF_8);
        if (json != null) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.length)
                    .append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return raw(request.toByteArray());
    }

    /** Sends bytes, and gives the answers that come until the daemon closes the connection, of which there must be one at least. */
    Reply raw(byte[] bytes) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            return Reply.read(Channels.newInputStream(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    static String quoted(String json) {
        return json.replace("\\'", "\0").replace('\'', '"').replace('\0', '\'');
    }

    /**
     * An answer.
     *
     * @param headers by their names in lower case
     */
    record Reply(int status, Map<String, String> headers, String body) {
        static Reply read(InputStream in) throws IOException {
            InputStream all = new ByteArrayInputStream(in.readAllBytes());
            String statusLine = line(all);
            Map<String, String> headers = new TreeMap<>();
            for (String header = line(all); !header.isEmpty(); header = line(all)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            String body = headers.containsKey("transfer-encoding")
                    ? chunks(all)
                    : new String(all.readAllBytes(), StandardCharsets.UTF_8);
            return new Reply(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, body);
        }

        private static String chunks(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.writeBytes(in.readNBytes(size));
                line(in);
            }
            return body.toString(StandardCharsets.UTF_8);
        }

        private static String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection was closed within: " + line);
                }
                line.write(c);
            }
            return line.toString(StandardCharsets.UTF_8).strip();
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        /** A text of the answer. */
        String text(String key) {
            return json().path(key).asText();
        }

        /** Checks status and the whole body, which ends in one LF. */
        Reply is(int expected, String json) {
            assertThat(status + " " + body).isEqualTo(expected + " " + quoted(json) + "\n");
            assertThat(headers.getOrDefault("content-type", "application/json")).isEqualTo("application/json");
            return this;
        }

        /** Checks the status. */
        Reply has(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }
    }
}
