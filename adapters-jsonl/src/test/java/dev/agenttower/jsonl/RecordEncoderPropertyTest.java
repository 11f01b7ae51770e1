package dev.agenttower.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agenttower.core.json.Surrogates;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordEncoderPropertyTest {
    private final RecordEncoder encoder = new RecordEncoder();

    @Property
    void any_fields_become_one_line_that_reads_back_the_same(@ForAll @From("fields") Map<String, Object> fields)
            throws IOException {
        byte[] line = encoder.encode(fields);
        String text = new String(line, UTF_8);
        assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
        Map<String, Object> mended = new LinkedHashMap<>();
        fields.forEach((key, value) ->
                mended.put(Surrogates.mended(key), value instanceof String said ? Surrogates.mended(said) : value));
        assertThat(read(line)).isEqualTo(mended);
        assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    }

    @Provide
    Arbitrary<Map<String, Object>> fields() {
        Arbitrary<String> halves = Arbitraries.of("\ud800", "a\udc00\ud83d", "\ud83d\ude00", "\\ud800");
        Arbitrary<String> text = Arbitraries.oneOf(Arbitraries.strings().all(), halves);
        Arbitrary<Object> value = Arbitraries.oneOf(
                text.asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.maps(text, value.injectNull(0.1)).ofMaxSize(6).map(LinkedHashMap::new);
    }

    private static Map<String, Object> read(byte[] line) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                switch (parser.nextToken()) {
                    case VALUE_STRING -> fields.put(name, parser.getText());
                    case VALUE_NUMBER_INT -> fields.put(name, parser.getLongValue());
                    case VALUE_TRUE, VALUE_FALSE -> fields.put(name, parser.getBooleanValue());
                    case VALUE_NULL -> fields.put(name, null);
                    default -> throw new AssertionError(parser.currentToken());
                }
            }
            assertThat(parser.nextToken()).isNull();
        }
        return fields;
    }
}
