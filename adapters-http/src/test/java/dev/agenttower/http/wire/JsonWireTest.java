package dev.agenttower.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.json.Surrogates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWireTest {
    private final JsonWire json = new JsonWire();

    private Object read(String text) {
        return json.read(text.getBytes(UTF_8));
    }

    private String written(Object view) {
        return new String(json.bytes(view), UTF_8);
    }

    @Test
    void numbers_keep_their_digits() {
        String text = "{\"a\":[1.0000000000000000000001,1e5,1E5,1.10,-0,-0.0,1,-7,2147483648,12345678901234567890123]}";
        assertThat(written(read(text))).isEqualTo(text);
        assertThat(((Map<?, ?>) read("{\"a\":1}")).get("a")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1e999999999",
                "1e99999999999",
                "NaN",
                "Infinity",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\""
            })
    void what_strict_readers_refuse_is_refused(String value) {
        for (String text : List.of(value, "[" + value + "]", "{\"a\":{\"b\":" + value + "}}")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedJsonException.class);
        }
        assertThatThrownBy(() -> read("{\"\\ud800\":1}")).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> read("9".repeat(400))).hasMessageEndingWith("is out of range");
    }

    @Test
    void half_a_surrogate_pair_in_raw_bytes_is_refused() {
        byte[] body = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThatThrownBy(() -> json.read(body)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void what_is_written_is_read_by_everybody() {
        for (String text :
                List.of("\ud800", "a\udc00\ud800b", "\ud83d\ude00", "\\ud800", "\"\\", "x".repeat(4000) + "\ud83d")) {
            String line = written(Map.of(text, List.of(text, Double.NaN, Double.NEGATIVE_INFINITY)));
            assertThat(line).isASCII();
            assertThat(read(line))
                    .isEqualTo(Map.of(Surrogates.mended(text), List.of(Surrogates.mended(text), "NaN", "-Infinity")));
        }
    }
}
