package dev.agenttower.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
    @Test
    void integers_are_as_small_as_they_can_be() {
        assertThat(JsonNumber.parse("0")).isEqualTo(0);
        assertThat(JsonNumber.parse("-7")).isEqualTo(-7);
        assertThat(JsonNumber.parse("2147483648")).isEqualTo(2147483648L);
        assertThat(JsonNumber.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(JsonNumber.parse("9223372036854775808")).isEqualTo(BigInteger.TWO.pow(63));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0000000000000000000001", "1e5", "1E5", "1.10", "-0", "-0.0", "0e0", "1e-400", "1e+308"})
    void others_keep_their_characters(String text) {
        Number number = JsonNumber.parse(text);
        assertThat(number).hasToString(text).isEqualTo(JsonNumber.parse(text));
        assertThat(number.doubleValue()).isEqualTo(Double.parseDouble(text));
        assertThat(JsonForm.pretty(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1e99999999999999999999", "1.8e308"})
    void what_no_double_holds_is_refused(String text) {
        assertThatThrownBy(() -> JsonNumber.parse(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("the number " + text + " is out of range");
        assertThatThrownBy(() -> JsonNumber.parse("9".repeat(400))).hasMessageEndingWith("... is out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "-Infinity", "+1", "01", "1.", ".5", "1e", "0x1", "1f", "1d", " 1"})
    void anything_else_is_no_number(String text) {
        assertThatThrownBy(() -> JsonNumber.parse(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Property
    void every_integer_reads_back(@ForAll BigInteger integer) {
        assertThat(JsonNumber.parse(integer.toString())).hasToString(integer.toString());
    }
}
