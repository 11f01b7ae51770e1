package dev.agenttower.contract.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A browser without scripts: it keeps cookies, and sends forms with the origin of the panel. */
final class Browser {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String origin;

    /** A browser at the address of a link. */
    Browser(String link) {
        URI address = URI.create(link);
        origin = address.getScheme() + "://" + address.getAuthority();
    }

    String origin() {
        return origin;
    }

    /** The cookies as they are sent. */
    String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** A page that must be there. */
    String page(String path) {
        HttpResponse<String> page = get(path);
        if (page.statusCode() != 200) {
            throw new AssertionError(path + ": " + page.statusCode() + "\n" + page.body());
        }
        return page.body();
    }

    /** The lines of a stream of events, as they come. */
    Stream<String> events(String path) {
        try {
            return client.send(
                            request(path)
                                    .timeout(Duration.ofSeconds(60))
                                    .header("Accept", "text/event-stream")
                                    .GET()
                                    .build(),
                            BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a form with the token of the session. */
    HttpResponse<String> submit(String path, Map<String, String> fields) {
        return submit(path, fields, csrf(), origin);
    }

    HttpResponse<String> submit(String path, Map<String, String> fields, String csrf, String from) {
        String form = Stream.concat(Stream.of(Map.entry("csrf", csrf)), fields.entrySet().stream())
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(from.isEmpty() ? request : request.header("Origin", from));
    }

    String csrf() {
        return found(CSRF, page("/governance"));
    }

    /** The value of a hidden field of a page. */
    static String field(String page, String name) {
        return found(Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\""), page);
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in:\n" + page);
        }
        return matcher.group(1);
    }

    /** The first line of the answer to a request whose header {@code Host} is another one. */
    String statusUnder(String host, String path) {
        URI address = URI.create(origin);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + cookie()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
