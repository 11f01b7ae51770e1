package dev.agenttower.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "100.0, 100.0",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "1e-7, 1e-07",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "1.5e16, 1.5e+16",
        "123456789012345680, 1.2345678901234568e+17",
        "1e100, 1e+100",
        "5e-324, 5e-324",
        "5.684341886080802e-14, 5.684341886080802e-14",
        "2e-3, 0.002",
        "-1234.5, -1234.5",
        "9007199254740993, 9007199254740992.0",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "2.0E-3, 0.002",
        "9.5367431640625e-07, 9.5367431640625e-07"
    })
    void writes_the_shortest_text_of_a_double(double value, String text) {
        assertThat(JsonForm.canonical(value)).isEqualTo(text);
    }

    @Property
    void every_double_reads_back(@ForAll double value) {
        assertThat(Double.parseDouble(JsonForm.canonical(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_no_number_is_hashed_and_never_written(double value) {
        assertThat(JsonForm.canonical(List.of(value))).isEqualTo("[" + value + "]");
        assertThatThrownBy(() -> JsonForm.line(List.of(value))).hasMessage("no JSON number: " + value);
        assertThatThrownBy(() -> JsonForm.pretty(List.of(value))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void half_a_surrogate_pair_is_hashed_and_never_written() {
        assertThat(JsonForm.canonical("a\ud800b")).isEqualTo("\"a\\ud800b\"");
        assertThat(JsonForm.line("a\ud800b\udc00")).isEqualTo("\"a\\ufffdb\\ufffd\"");
    }

    @Test
    void escapes_all_but_plain_ascii() {
        assertThat(JsonForm.line("a\"\\/\b\f\n\r\t\u0000\u007f\u00e9\ud83d\udd12"))
                .isEqualTo("\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u007f\\u00e9\\ud83d\\udd12\"");
    }

    @Test
    void sorts_keys_by_code_point_at_every_level_only_in_the_canonical_form() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("\ud83d\udd12", 1);
        inner.put("\uffee", 2);
        inner.put("a", null);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("z", inner);
        tree.put("b", Arrays.asList(true, null, BigInteger.TEN.pow(20)));

        assertThat(JsonForm.canonical(tree))
                .isEqualTo(
                        "{\"b\": [true, null, 100000000000000000000], \"z\": {\"a\": null, \"\\uffee\": 2, \"\\ud83d\\udd12\": 1}}");
        assertThat(JsonForm.line(tree)).startsWith("{\"z\": {\"\\ud83d\\udd12\": 1, ");
    }

    @Test
    void indents_by_two_and_keeps_empty_ones_short() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("a", List.of());
        tree.put("b", Map.of());
        tree.put("c", List.of(1, Map.of("d", "e")));
        assertThat(JsonForm.pretty(tree)).isEqualTo("""
                        {
                          "a": [],
                          "b": {},
                          "c": [
                            1,
                            {
                              "d": "e"
                            }
                          ]
                        }""");
    }
}
