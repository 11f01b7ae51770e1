package dev.agenttower.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static HttpAnswer read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpAnswer read(byte[] bytes) throws IOException {
        return new HttpReader(Channels.newChannel(new ByteArrayInputStream(bytes))).read();
    }

    private static String body(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-LENGTH: 3\r\n\r\nabc",
                "Content-Length:3\r\n\r\nabcdef",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;x=y\r\na\r\n002\r\nbc\r\n0\r\nTrailer: 1\r\n\r\n",
                "Server: x\r\n\r\nabc"
            })
    void reads_a_body_however_its_end_is_told(String rest) throws IOException {
        HttpAnswer answer = read(OK + rest);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.0 404 \r\n\r\n", "HTTP/1.1 503\r\n\r\n"})
    void reads_an_answer_without_a_body(String text) throws IOException {
        assertThat(read(text).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "{\"ok\": true}\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 ٢٠٠ OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\n Content-Length: 3\r\n\r\nabc"
            })
    void refuses_what_is_no_whole_answer(String text) {
        assertThatExceptionOfType(TransportException.UnreadableAnswer.class).isThrownBy(() -> read(text));
    }

    @Test
    void refuses_a_head_without_an_end() {
        assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                .isThrownBy(() -> read(OK + "X: y\r\n".repeat(20_000)))
                .withMessageContaining("too long");
        assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                .isThrownBy(() -> read("H".repeat(HttpReader.MAX_HEAD_BYTES + 1)));
    }

    @Test
    void refuses_a_body_over_64_mib_as_it_comes() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }
        };
        InputStream answer = new SequenceInputStream(
                new ByteArrayInputStream((OK + "\r\n").getBytes(StandardCharsets.US_ASCII)), endless);

        assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                .isThrownBy(() -> new HttpReader(Channels.newChannel(answer)).read());
    }

    @Property(tries = 500)
    void answers_or_refuses_and_does_nothing_else(@ForAll("answers") String text) throws IOException {
        try {
            assertThat(read(text).status()).isBetween(200, 599);
        } catch (TransportException.UnreadableAnswer e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of(
                        "HTTP/1.1 ",
                        "200",
                        " OK",
                        "\r\n",
                        "\n",
                        "Content-Length: ",
                        "Transfer-Encoding: chunked",
                        "3",
                        "0",
                        "f",
                        ":",
                        "abc",
                        "é",
                        " ")
                .list()
                .ofMaxSize(30)
                .map(parts -> (parts.size() % 2 == 0 ? OK : "") + String.join("", parts));
    }
}
