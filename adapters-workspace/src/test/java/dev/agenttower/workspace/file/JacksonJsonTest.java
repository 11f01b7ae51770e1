package dev.agenttower.workspace.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.MalformedJsonException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JacksonJsonTest {
    private final JacksonJson json = new JacksonJson();

    @Test
    void numbers_are_written_again_as_they_were() {
        String text = "[1.0000000000000000000001, 1e5, 1E5, 1.10, -0, -0.0, 1e-400, 12345678901234567890123, 1.7e308]";
        assertThat(JsonForm.line(json.read(text))).isEqualTo(text);
    }

    @Property
    void every_double_is_written_again_as_it_was(@ForAll double number) {
        assertThat(JsonForm.line(json.read(Double.toString(number)))).isEqualTo(Double.toString(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NaN | Non-standard token 'NaN'",
                "-Infinity | Non-standard token '-Infinity'",
                "1e400 | the number 1e400 is out of range",
                "1e99999999999 | the number 1e99999999999 is out of range",
            })
    void what_is_no_number_for_everybody_is_malformed(String number, String problem) {
        assertThatThrownBy(() -> json.read("{\"a\":\n [" + number + "]}"))
                .isInstanceOf(MalformedJsonException.class)
                .message()
                .startsWith(problem)
                .contains(", line 2 column ")
                .doesNotContain("enable", "Feature");
    }

    @Test
    void a_line_of_an_old_ledger_may_hold_it() {
        byte[] line = "{\"a\": [NaN, -Infinity, 1.10, 1e400], \"h\": \"\\ud800\"}".getBytes(UTF_8);
        JsonLine read = json.line(line, 0, line.length);
        assertThat(read.fields())
                .containsEntry("a", List.of(Double.NaN, Double.NEGATIVE_INFINITY, 1.1, Double.POSITIVE_INFINITY))
                .containsEntry("h", "\ud800");
    }
}
