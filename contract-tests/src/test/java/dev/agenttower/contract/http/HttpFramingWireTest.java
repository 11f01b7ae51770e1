package dev.agenttower.contract.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody hides one request in another: what could be read in two ways is refused, and nothing after it is looked at. */
@Timeout(60)
final class HttpFramingWireTest {
    private static final String LINE = "POST /api/dttp/request HTTP/1.1\r\n";
    private static final String HOST = "Host: t\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String REFUSED = "{'error':'Malformed HTTP request'}";

    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static String smuggled;
    private static GovernedFolder project;
    private TowerHttp http;

    @BeforeAll
    static void start() {
        tower.start();
        project = GovernedFolder.create(tower);
        smuggled = "DELETE /api/projects/" + project.name() + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    }

    @BeforeEach
    void connect() {
        http = new TowerHttp(tower.paths().httpSocket());
    }

    private void isRefused(String request) {
        http.raw((request + smuggled).getBytes(ISO_8859_1)).is(400, REFUSED);
        project.get("/api/projects/" + project.name()).has(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 2",
                "Content-Length: 2|Content-Length: 5",
                "Content-Length: 2|Content-Length: 2",
                "Content-Length: 2, 2",
                "Content-Length: +2",
                "Content-Length: -2",
                "Content-Length: 2 2",
                "Content-Length: 0x2",
                "Content-Length: 2.",
                "Content-Length:",
                "Content-Length: \u00b2",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding:",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                "Content-Length : 2",
                "Content Length: 2",
                " Content-Length: 2",
                "Content-Length: 2|\tX: folded",
                "X: a|  folded|Content-Length: 2",
                ": empty|Content-Length: 2",
                "no colon|Content-Length: 2",
                "Na(me: x|Content-Length: 2",
                "X: a\u0000b|Content-Length: 2",
                "X: a\u007fb|Content-Length: 2",
                "X: a\rContent-Length: 5|Content-Length: 2",
                "X: a\nContent-Length: 5|Content-Length: 2",
                "Host: t2|Content-Length: 2",
                "host: t|Content-Length: 2",
            })
    void a_head_that_says_two_things_is_refused(String headers) {
        isRefused(LINE + HOST + JSON + headers.replace("|", "\r\n") + "\r\n\r\n{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/projects HTTP/1.1|X: no host",
                "GET  /api/projects HTTP/1.1|Host: t",
                "GET /api/projects  HTTP/1.1|Host: t",
                "GET\t/api/projects HTTP/1.1|Host: t",
                " GET /api/projects HTTP/1.1|Host: t",
                "GET /api/projects HTTP/1.1 |Host: t",
                "GET /api/pro jects HTTP/1.1|Host: t",
                "GET /api/\u00e9 HTTP/1.1|Host: t",
                "G@T /api/projects HTTP/1.1|Host: t",
                "GET /api/projects HTTP/1.x|Host: t",
                "GET /api/projects HTTP/11.1|Host: t",
                "GET /api/projects http/1.1|Host: t",
                "GET /api/projects HTTP/1.0|Transfer-Encoding: chunked",
                "GET /api/projects HTTP/1.1|Host: a, b",
                "GET /api/projects HTTP/1.1|Host: a b",
                "|||||GET /api/projects HTTP/1.1|Host: t",
            })
    void a_line_that_is_no_request_line_is_refused(String head) {
        isRefused(head.replace("|", "\r\n") + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+2\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                " 2\r\n{}\r\n0\r\n\r\n",
                "2 \r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "g\r\n{}\r\n0\r\n\r\n",
                "\r\n{}\r\n0\r\n\r\n",
                "2\n{}\r\n0\r\n\r\n",
                "2\r\n{}0\r\n\r\n",
                "2\r\n{}\n0\r\n\r\n",
                "2\r\n{}X\r\n0\r\n\r\n",
                "1\r\n{}\r\n0\r\n\r\n",
                "000000002\r\n{}\r\n0\r\n\r\n",
                "2;a\u0000b\r\n{}\r\n0\r\n\r\n",
                "2;a\rb\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\nno trailer\r\n\r\n",
                "2\r\n{}\r\n0\r\n X: y\r\n\r\n",
                "2\r\n{}\r\n0\r\nX : y\r\n\r\n",
                "2\r\n{}\r\n0\n\r\n",
                "FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
            })
    void malformed_chunks_are_refused(String chunks) {
        isRefused(LINE + HOST + JSON + CHUNKED + "\r\n" + chunks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2;name=value;other=\"x\"~{}~0~~",
                "2~{}~0;last~X-Trailer: y~~",
                "1~{~1~}~00~~",
            })
    void chunks_may_have_extensions_and_trailers(String chunks) {
        Reply reply = http.raw(LINE + HOST + JSON + CHUNKED + "\r\n" + chunks.replace("~", "\r\n") + smuggled);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.text("code")).isEqualTo("INVALID_BODY");
        assertThat(reply.headers()).containsEntry("connection", "close");
        project.get("/api/projects/" + project.name()).has(200);
    }

    @Test
    void a_request_that_ends_early_is_refused() {
        try (HalfOpen half = HalfOpen.to(tower.paths().httpSocket())) {
            half.send(LINE + HOST + JSON + "Content-Length: 5\r\n\r\n{}").endOutput();
            assertThat(half.readAll()).startsWith("HTTP/1.1 400 ");
        }
        try (HalfOpen half = HalfOpen.to(tower.paths().httpSocket())) {
            half.send(LINE + HOST + JSON + CHUNKED + "\r\n2\r\n{").endOutput();
            assertThat(half.readAll()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void requests_that_follow_one_another_without_waiting_are_all_answered() {
        String get = "GET /api/governance/statusline HTTP/1.1\r\nHost: t\r\n\r\n";
        String post = LINE + HOST + JSON + "Content-Length: 2\r\n\r\n{}";
        String last = "GET /api/governance/statusline HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
        try (HalfOpen half = HalfOpen.to(tower.paths().httpSocket())) {
            half.send((get + post).repeat(200) + last);
            assertThat(half.readAll().split("HTTP/1.1 ", -1)).hasSize(402);
        }
    }

    /** Whatever becomes of a request on its way, one request is answered or none, and never by an error of the daemon's own. */
    @Test
    void bytes_that_change_on_the_way_never_make_a_second_request() {
        Random random = new Random(20_261_126);
        String body = "{\"rationale\":\" \"}";
        String[] requests = {
            LINE + HOST + JSON + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body,
            LINE + HOST + JSON + "Connection: close\r\n" + CHUNKED + "\r\n11\r\n" + body + "\r\n0\r\n\r\n",
            "GET /api/dttp/status?project=" + project.name() + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
        };
        byte[] inserted = "\r\n\t :,;+-0159aAfFgG\0\u007f\u00ff/?%{}\"".getBytes(ISO_8859_1);
        for (int i = 0; i < 600; i++) {
            byte[] request = requests[i % requests.length].getBytes(ISO_8859_1);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                request = changed(request, random, inserted[random.nextInt(inserted.length)]);
            }
            String shown = new String(request, ISO_8859_1);
            try (HalfOpen half = HalfOpen.to(tower.paths().httpSocket())) {
                half.send(request).endOutput();
                String[] answers = half.readAll().split("HTTP/1\\.1 (?!100)", -1);
                // Where the change hides the body, it is what follows the request, and no request itself.
                assertThat(answers).as(shown).allMatch(answer -> !answer.startsWith("500"));
                assertThat(Arrays.stream(answers).skip(2)).as(shown).allMatch(answer -> answer.startsWith("400"));
            } catch (UncheckedIOException refused) {
                // the daemon closed before all was written, after its answer or without
            }
        }
        project.get("/api/projects/" + project.name()).has(200);
        assertThat(tower.log()).doesNotContain(" failed");
    }

    private static byte[] changed(byte[] request, Random random, byte octet) {
        int at = random.nextInt(request.length);
        byte[] changed;
        switch (random.nextInt(3)) {
            case 0 -> {
                changed = request.clone();
                changed[at] = octet;
            }
            case 1 -> {
                changed = Arrays.copyOf(request, request.length + 1);
                System.arraycopy(request, at, changed, at + 1, request.length - at);
                changed[at] = octet;
            }
            default -> {
                changed = Arrays.copyOf(request, request.length - 1);
                System.arraycopy(request, at + 1, changed, at, request.length - at - 1);
            }
        }
        return changed;
    }
}
