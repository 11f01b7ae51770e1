package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP socket makes of requests that are none, too large or somewhere else's. */
final class HttpLimitsWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static GovernedFolder project;
    private TowerHttp http;

    @BeforeAll
    static void start() {
        tower.start();
        project = GovernedFolder.create(tower);
    }

    @BeforeEach
    void connect() {
        http = new TowerHttp(tower.paths().httpSocket());
    }

    private Reply post(String head, String body) {
        return http.raw("POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nConnection: close\r\n" + head
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    @Test
    void the_socket_is_private() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(tower.paths().httpSocket())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /api",
        "GET, /api/",
        "GET, /api/dttp/status/",
        "GET, /api//dttp/status",
        "GET, /api/dttp/../dttp/status",
        "GET, /API/dttp/status",
        "POST, /api/sessions/start/x",
        "TRACE, /x"
    })
    void there_is_nothing_elsewhere(String method, String path) {
        http.send(method, path, null).is(404, "{'error':'No such route: " + method + " " + path + "'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/dttp/request | POST | GET",
                "/api/dttp/status | GET | POST",
                "/api/dttp/policy | GET | DELETE",
                "/api/governance/sovereign-requests | GET, POST | PUT",
                "/api/governance/sovereign-requests/x | GET, PUT | DELETE",
                "/api/governance/sovereign-requests/x/preview | GET, POST | PUT",
                "/api/governance/requests | GET, POST | DELETE",
                "/api/governance/requests/x | GET | PUT",
                "/api/governance/requests/x/status | PUT | GET",
                "/api/requests | GET, POST | PUT",
                "/api/requests/x/status | PUT | POST",
                "/api/governance/roles | GET | PUT",
                "/api/governance/roles/x | PUT | GET",
                "/api/governance/specs/x/roles | PUT | GET",
                "/api/governance/enforcement | GET | PUT",
                "/api/governance/conflicts | GET | PUT",
                "/api/governance/identity | GET | POST",
                "/api/governance/statusline | GET | POST",
                "/api/sessions | GET | POST",
                "/api/sessions/start | POST | GET",
                "/api/sessions/end | POST | GET",
                "/api/ads/events | GET | POST",
                "/api/ads/integrity | GET | POST",
                "/api/ads/heal | POST | GET",
                "/api/ads/log | POST | GET",
                "/api/projects | GET, POST | PUT",
                "/api/projects/all | DELETE, GET | POST",
                "/api/projects/init | DELETE, GET, POST | PUT",
                "/api/projects/x | DELETE, GET | PUT",
                "/api/forge | GET | OPTIONS",
            })
    void another_method_is_told_which_there_are(String path, String allowed, String method) {
        Reply reply = http.send(method, path, null);
        reply.is(405, "{'error':'No such method here: " + method + " " + path + "'}");
        assertThat(reply.headers()).containsEntry("allow", allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: multipart/form-data; boundary=x\r\n",
                "Content-Type: application/jsonp\r\n",
                "Content-Type: text/json\r\n",
                "Content-Type:\r\n"
            })
    void a_body_is_json_and_says_so(String header) {
        post(header, "{}").is(415, "{'error':'Content-Type must be application/json'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "application/problem+json",
                " application/json ;x=y"
            })
    void there_are_several_ways_to_say_so(String type) {
        assertThat(post("Content-Type: " + type + "\r\n", "{}").text("code")).isEqualTo("INVALID_BODY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{'a':1}x",
                "{'a':1}{'b':2}",
                "{'a':1,'a':2}",
                "{'a':1,}",
                "[1,]",
                "nul",
                "NaN",
                "{'a':Infinity}",
                "{a:1}",
                "{'a':01}",
                "{'a':'\\x'}",
                "{'a':'\u0001'}",
                "// no comment\n{}"
            })
    void a_body_that_is_no_json_is_refused(String body) {
        Reply reply = http.post("/api/dttp/request", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).startsWith("Malformed JSON: ").doesNotContain("\n", "Source", "(start marker");
        assertThat(http.put("/api/governance/roles/Developer", body).status()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_no_utf8_is_refused() {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                "POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\":\""
                        .getBytes(StandardCharsets.UTF_8));
        request.write(0xff);
        request.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(http.raw(request.toByteArray()).status()).isEqualTo(400);
    }

    @Test
    void json_is_a_hundred_deep_at_most() {
        assertThat(http.post("/api/dttp/request", "[".repeat(100) + "1" + "]".repeat(100))
                        .text("code"))
                .isEqualTo("INVALID_BODY");
        for (int depth : new int[] {101, 5000, 100_000}) {
            Reply deep = http.post("/api/dttp/request", "[".repeat(depth) + "]".repeat(depth));
            assertThat(deep.status()).isEqualTo(400);
            assertThat(deep.text("error")).startsWith("Malformed JSON: ");
        }
        Reply objects = http.post("/api/dttp/request", "{'a':".repeat(101) + "1" + "}".repeat(101));
        assertThat(objects.status()).isEqualTo(400);
    }

    @Test
    void numbers_and_names_are_bounded() {
        assertThat(http.post("/api/dttp/request", "{'a':" + "9".repeat(1001) + "}")
                        .text("error"))
                .startsWith("Malformed JSON: ");
        assertThat(http.post("/api/dttp/request", "{'" + "n".repeat(4097) + "':1}")
                        .text("error"))
                .startsWith("Malformed JSON: ");
    }

    @Test
    void a_body_has_four_mebibytes_at_most() {
        http.post("/api/dttp/request", "'" + "x".repeat(4 << 20) + "'").is(413, "{'error':'The body is too large'}");
        assertThat(http.post("/api/dttp/request", "'" + "x".repeat((4 << 20) - 2) + "'")
                        .text("code"))
                .isEqualTo("INVALID_BODY");
        String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
        http.raw("POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5) + "0\r\n\r\n")
                .is(413, "{'error':'The body is too large'}");
    }

    @Test
    void a_chunked_body_is_as_good_as_another() {
        String body = quoted("{'rationale':' '}");
        Reply reply = http.raw(
                "POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                        + "\r\n0\r\n\r\n");
        assertThat(reply.text("code")).isEqualTo("INVALID_RATIONALE");
    }

    @Test
    void the_head_is_bounded() {
        http.get("/api/dttp/status?x=" + "y".repeat(20_000))
                .is(431, "{'error':'The head of the request is too large'}");
        http.get("/api/dttp/status", "X-Long: " + "y".repeat(20_000)).has(431);
        String[] many = new String[150];
        Arrays.setAll(many, i -> "X-" + i + ": y");
        http.get("/api/dttp/status", many).has(431);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/dttp/status HTTP/2.0, 505",
        "GET /api/dttp/status, 400",
        "nonsense, 400",
        "GET api/dttp/status HTTP/1.1, 400",
        "GET * HTTP/1.1, 400"
    })
    void what_is_no_http_is_refused(String line, int status) {
        Reply reply = http.raw(line + "\r\nHost: t\r\nConnection: close\r\n\r\n");
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().has("error")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/%zz", "/api/%", "/api/%f", "/api/%ff", "/api/x?%zz", "/api/x?a=%", "/api/%c3%28"})
    void a_target_that_is_badly_escaped_is_refused(String target) {
        http.get(target).is(400, "{'error':'Malformed request target'}");
    }

    @Test
    void a_target_is_unescaped_once() {
        project.get("/api/governance/requests/a%2Fb%20c%C3%A9").is(404, "{'error':'Request a/b c\\u00E9 not found'}");
        project.get("/api/governance/requests/%252F").is(404, "{'error':'Request %2F not found'}");
        project.get("/api/ads/events?agent=a+b%2B&limit=5&limit=0").is(200, "[]");
    }

    @Test
    void answers_are_plain_ascii_in_one_line_with_sorted_keys() {
        project.post(
                        "/api/governance/requests",
                        "{'from_role':'A','to_role':'B','title':'caf\u00e9 \ud83d\uddfc \\u007f','description':'a\\nb'}")
                .has(201);
        Reply reply = project.get("/api/governance/requests");
        assertThat(reply.body().chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
        assertThat(reply.body()).endsWith("}\n").startsWith("{\"requests\":[{\"author\":");
        assertThat(reply.body().lines()).hasSize(1);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.headers()).containsEntry("cache-control", "no-store");
        assertThat(reply.json().path("requests").path(0).path("title").asText()).startsWith("caf\u00e9 \ud83d\uddfc");
    }

    @Test
    void one_connection_serves_several_requests() {
        String get = "GET /api/governance/statusline HTTP/1.1\r\nHost: t\r\n";
        Reply first = http.raw(get + "\r\n" + get + "Connection: close\r\n\r\n");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers()).containsEntry("connection", "keep-alive");
        assertThat(first.body()).contains("HTTP/1.1 200 OK").contains("Connection: close");
    }

    @Test
    void a_body_without_a_length_cannot_smuggle_a_request() {
        Reply reply = http.raw("POST /api/dttp/request HTTP/1.1\r\nHost: t\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\nDELETE /api/projects/" + project.name() + " HTTP/1.1\r\nHost: t\r\n\r\n");
        assertThat(reply.status()).isEqualTo(400);
        project.get("/api/projects/" + project.name()).has(200);
    }
}
