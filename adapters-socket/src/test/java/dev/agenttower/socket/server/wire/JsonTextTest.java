package dev.agenttower.socket.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private final JsonText json = new JsonText();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{} | {} |",
                "  [1]x | [1] | x",
                "{'a':1,'a':2}{} | {'a':2} | {}",
                "'s' rest | 's' | \" rest\"",
                "17x | null | x",
                "01 | null | 1",
                "-1.5e3! | null | !",
                "true1 | null | 1"
            })
    void tells_the_first_value_from_what_follows(String text, String value, String rest) throws Exception {
        JsonText.Parsed parsed = json.parse(text.replace('\'', '"'));

        assertThat(parsed.value().toString()).isEqualTo(value.replace('\'', '"'));
        assertThat(parsed.rest()).isEqualTo(rest == null ? "" : rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "{",
                "{'a':1}",
                "{\"a\":1,}",
                "[1,]",
                "NaN",
                "-Infinity",
                "1e400",
                "{\"a\":[-1e999]}",
                "\"\\ud800\"",
                "{\"\\udc00\\ud800\":1}",
                "\"a\tb\"",
                "\ufeff{}",
                "+1",
                ".5"
            })
    void refuses_what_is_no_json(String text) {
        assertThatThrownBy(() -> json.parse(text))
                .isInstanceOf(JsonSyntaxException.class)
                .message()
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(200)
                .doesNotContain("\n");
    }

    @Test
    void refuses_numbers_that_take_long_to_read() {
        assertThatThrownBy(() -> json.parse("{\"a\":" + "9".repeat(60_000) + "}"))
                .isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> json.parse("{\"a\":" + "9".repeat(400) + "}")).hasMessage("a number is out of range");
    }

    @Test
    void reads_long_names() throws Exception {
        assertThat(json.parse("{\"" + "a".repeat(60_000) + "\":1}").value()).hasSize(1);
    }

    @Test
    void writes_ascii_with_a_newline() {
        byte[] line = json.line(JsonNodeFactory.instance.objectNode().put("a", "\u2192\ud83d\ude00\ud800\n"));

        assertThat(new String(line, UTF_8)).isEqualTo("{\"a\":\"\\u2192\\uD83D\\uDE00\\uFFFD\\n\"}\n");
    }
}
