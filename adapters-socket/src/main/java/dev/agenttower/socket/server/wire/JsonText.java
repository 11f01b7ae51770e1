package dev.agenttower.socket.server.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agenttower.core.json.Surrogates;
import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. Reading: the last of duplicate keys is taken; NaN and infinities, numbers beyond the range of a double, unpaired
 * surrogates and deep nesting are refused. Output is plain ASCII, with U+FFFD for an unpaired surrogate. Thread-safe.
 */
public final class JsonText {
    /** The maximum nesting. */
    public static final int MAX_DEPTH = 500;

    /** The maximum number of digits in a number; parsing more takes too long. */
    private static final int MAX_DIGITS = 4_300;

    private static final int MAX_NAME = 65_536;
    private static final int MAX_REASON = 200;
    private static final Pattern SCALAR =
            Pattern.compile("[ \\t\\n]*(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .maxNameLength(MAX_NAME)
                            .build())
                    // Names come from clients: interning them lets a client fill the memory.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .build();

    /** A reader and writer. */
    public JsonText() {}

    /** Writes one line, with its LF. */
    public byte[] line(JsonNode value) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator generator = mapper.createGenerator(bytes)) {
                mapper.writeTree(generator, value);
            }
            bytes.append('\n');
            return Surrogates.mend(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the first value of a text and the rest after it.
     *
     * @throws JsonSyntaxException if the text does not begin with a value
     */
    public Parsed parse(String text) throws JsonSyntaxException {
        try (JsonParser parser = mapper.createParser(text)) {
            JsonNode value = mapper.readTree(parser);
            if (value == null || value.isMissingNode()) {
                throw new JsonSyntaxException("no value");
            }
            checkStrict(value);
            int end = (int) parser.currentLocation().getCharOffset();
            return new Parsed(value, text.substring(end));
        } catch (JsonProcessingException e) {
            Parsed scalar = scalarWithRest(text);
            if (scalar != null) {
                return scalar;
            }
            throw new JsonSyntaxException(reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkStrict(JsonNode value) throws JsonSyntaxException {
        if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
            throw new JsonSyntaxException("a number is out of range");
        }
        checkPaired(value.textValue());
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            checkPaired(field.getKey());
            checkStrict(field.getValue());
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                checkStrict(element);
            }
        }
    }

    private static void checkPaired(@Nullable String text) throws JsonSyntaxException {
        if (!Surrogates.arePaired(text)) {
            throw new JsonSyntaxException("half of a surrogate pair");
        }
    }

    /**
     * Reads a text that consists of one value.
     *
     * @throws IllegalArgumentException if it is not
     */
    public JsonNode value(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("stored text is no JSON: " + reason(e), e);
        }
    }

    /** A bare number or word directly followed by other text: a value with a rest, for which the parser only reports a syntax error. */
    private @Nullable Parsed scalarWithRest(String text) {
        Matcher scalar = SCALAR.matcher(text);
        if (!scalar.lookingAt() || text.substring(scalar.end()).isBlank()) {
            return null;
        }
        return new Parsed(mapper.getNodeFactory().nullNode(), text.substring(scalar.end()));
    }

    private static String reason(JsonProcessingException e) {
        return Text.singleLine(String.valueOf(e.getOriginalMessage()), MAX_REASON);
    }

    /**
     * A value and the rest after it.
     *
     * @param value the value; null for a number or word directly followed by other text
     */
    public record Parsed(JsonNode value, String rest) {}

    /** Whether a value counts as true: neither null, false, zero nor empty. */
    public static boolean isTruthy(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.doubleValue() != 0;
        }
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return value.isContainerNode() && !value.isEmpty();
    }
}
