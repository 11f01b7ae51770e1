package dev.agenttower.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class JsonTextPropertyTest {
    @Property(tries = 300)
    void text_survives_the_round_trip_in_every_form(@ForAll String text, @ForAll long number) throws IOException {
        JsonNode node =
                JsonText.object().put("text", text).put("number", number).putNull("nothing");

        assertThat(JsonText.parse(JsonText.ascii(node).getBytes(StandardCharsets.US_ASCII)))
                .hasToString(node.toString());
        assertThat(JsonText.parse(JsonText.unicode(node).getBytes(StandardCharsets.UTF_8)))
                .hasToString(node.toString());
        assertThat(JsonText.parse(JsonText.line(node))).hasToString(node.toString());
    }

    @Property(tries = 200)
    void fractions_survive_the_round_trip(@ForAll @DoubleRange(min = -1e9, max = 1e9) double number)
            throws IOException {
        JsonNode node = JsonText.array().add(number);

        assertThat(JsonText.parse(JsonText.line(node)).get(0).doubleValue()).isEqualTo(number);
    }

    @Example
    void numbers_keep_their_digits_and_halves_of_pairs_are_left_for_the_daemon_to_refuse() throws IOException {
        String text = "[1.0000000000000000000001,1.10,-0.0,1E+400,12345678901234567890123,\"\\uD800\"]";
        assertThat(new String(
                        JsonText.line(JsonText.parse(text.getBytes(StandardCharsets.US_ASCII))),
                        StandardCharsets.US_ASCII))
                .isEqualTo(text + "\n");
        assertThatThrownBy(() -> JsonText.parse("1e99999999999".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class);
    }

    @Property(tries = 500)
    void any_bytes_give_a_value_or_an_io_exception(@ForAll byte[] bytes) {
        try {
            assertThat(JsonText.parse(bytes)).isNotNull();
        } catch (IOException declared) {
            assertThat(declared).isNotNull();
        }
    }
}
