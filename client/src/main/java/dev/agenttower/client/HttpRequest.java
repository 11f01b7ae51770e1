package dev.agenttower.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 request, for a connection that serves no other. A builder; not thread-safe. */
final class HttpRequest {
    private final String method;
    private final StringBuilder target;
    private final Map<String, String> headers = new TreeMap<>();
    private byte[] body = new byte[0];
    private boolean hasQuery;

    private HttpRequest(String method, String path) {
        this.method = method;
        target = new StringBuilder(path);
    }

    static HttpRequest get(String path) {
        return new HttpRequest("GET", path);
    }

    static HttpRequest post(String path, ObjectNode body) {
        return new HttpRequest("POST", path).json(body);
    }

    /** A request with a body that is JSON, as far as the caller knows; not copied. */
    static HttpRequest post(String path, byte[] body) {
        return new HttpRequest("POST", path).json(body);
    }

    static HttpRequest put(String path, ObjectNode body) {
        return new HttpRequest("PUT", path).json(body);
    }

    static HttpRequest delete(String path) {
        return new HttpRequest("DELETE", path);
    }

    /** Encodes a text as one path segment. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    /** Adds a parameter to the query; null adds nothing. */
    HttpRequest query(String name, @Nullable String value) {
        if (value != null) {
            target.append(hasQuery ? '&' : '?')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            hasQuery = true;
        }
        return this;
    }

    /**
     * Sets a header; null sets nothing.
     *
     * @throws IllegalArgumentException if the value holds a control character, which a header cannot carry
     */
    HttpRequest header(String name, @Nullable String value) {
        if (value != null) {
            if (value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
                throw new IllegalArgumentException("the header " + name + " takes no control characters");
            }
            headers.put(name, value);
        }
        return this;
    }

    private HttpRequest json(ObjectNode value) {
        return json(JsonText.line(value));
    }

    private HttpRequest json(byte[] value) {
        body = value;
        headers.put("Content-Type", "application/json");
        return this;
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: localhost\r\nAccept: application/json\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }
}
