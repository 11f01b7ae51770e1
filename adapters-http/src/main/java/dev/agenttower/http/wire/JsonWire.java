package dev.agenttower.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.agenttower.core.json.JsonNumber;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.json.ParserWords;
import dev.agenttower.core.json.Surrogates;
import dev.agenttower.core.text.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies and writes views. Output is plain ASCII without blanks, keys sorted at every level, with an LF at the end; components of
 * records are named in lower case with underscores. Thread-safe.
 */
public final class JsonWire {
    /** The maximum nesting. */
    public static final int MAX_DEPTH = 100;

    private static final int MAX_DIGITS = 1000;
    private static final int MAX_NAME = 4096;
    /** A parsed value takes up to twenty times as much heap as its text. */
    private static final int MAX_TOKENS = 100_000;

    private static final int MAX_REASON = 200;
    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxNameLength(MAX_NAME)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    // Names come from clients: interning them lets a client fill the memory.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Two parsers may take different values of a duplicate key.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new SimpleModule().addDeserializer(Number.class, new KeepingDigits()))
            .build();

    /** A reader and writer. */
    public JsonWire() {}

    /**
     * Parses a body: maps, lists, texts, numbers like {@link JsonNumber#parse}, booleans and null.
     *
     * @throws MalformedJsonException if it is not JSON, too deep, or has a number out of range or an unpaired surrogate
     */
    public @Nullable Object read(byte[] body) {
        try {
            // a separate decoder, because the parser's replaces malformed UTF-8
            Object value = mapper.readValue(
                    new InputStreamReader(new ByteArrayInputStream(body), UTF_8.newDecoder()), Object.class);
            if (!Surrogates.arePaired(value)) {
                throw new MalformedJsonException("half of a surrogate pair");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(Text.singleLine(ParserWords.plain(e.getOriginalMessage()), MAX_REASON));
        } catch (IOException e) {
            throw new MalformedJsonException("the body is not UTF-8");
        }
    }

    /** One line, with its LF. */
    public byte[] line(Object view) {
        byte[] json = bytes(view);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** The same without LF. */
    public byte[] bytes(Object view) {
        try {
            return Surrogates.mend(mapper.writeValueAsBytes(view));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class KeepingDigits extends StdScalarDeserializer<Number> {
        private static final long serialVersionUID = 1L;

        KeepingDigits() {
            super(Number.class);
        }

        @Override
        public Number deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return JsonNumber.parse(parser.getText());
        }
    }
}
