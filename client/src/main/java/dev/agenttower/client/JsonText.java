package dev.agenttower.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.json.ParserWords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/**
 * Conversion between JSON text and trees.
 *
 * <p>It converts trees itself instead of through an {@code ObjectMapper}, because creating one takes longer than a call to the daemon.
 * Thread-safe.
 */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonText() {}

    /** A new, empty object. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** A new, empty array. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /**
     * The first JSON value of a text in UTF-8. Of duplicate keys the last one wins.
     *
     * @throws IOException if the text is not JSON, or nested deeper than 1,000 levels
     */
    public static JsonNode parse(byte[] text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("no JSON value");
            }
            return value(parser);
        }
    }

    /**
     * The only JSON value of a text written by a person.
     *
     * @throws MalformedJsonException if the text is not JSON, has anything after the value, has a duplicate key, or is nested deeper than
     *     1,000 levels
     */
    public static JsonNode parseWhole(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            return whole(parser);
        } catch (IOException e) {
            throw new MalformedJsonException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode whole(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("the text is empty");
            }
            JsonNode value = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("something follows the value" + where(parser.currentTokenLocation()));
            }
            return value;
        } catch (JsonProcessingException e) {
            // Exceptions for exceeded limits have no location.
            JsonLocation place = Objects.requireNonNullElseGet(e.getLocation(), parser::currentLocation);
            throw new MalformedJsonException(ParserWords.plain(e.getOriginalMessage()) + where(place));
        }
    }

    private static String where(JsonLocation location) {
        return ", line " + location.getLineNr() + " column " + location.getColumnNr();
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> objectOf(parser);
            case START_ARRAY -> arrayOf(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected " + parser.currentToken());
        };
    }

    /** Keeps all digits; only {@code -0.0} needs a double. */
    private static JsonNode decimal(String text) throws IOException {
        try {
            BigDecimal exact = new BigDecimal(text);
            return exact.signum() == 0 && text.startsWith("-") ? NODES.numberNode(-0.0) : NODES.numberNode(exact);
        } catch (NumberFormatException e) {
            throw new IOException("the number " + text + " is out of range", e);
        }
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static ObjectNode objectOf(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static ArrayNode arrayOf(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** The shortest form, as a line in UTF-8 with its line feed. */
    static byte[] line(JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            // escapes an unpaired surrogate, which the daemon then rejects
            generator.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
            write(node, generator);
            generator.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** One line in the shortest form, with {@code \\u} escapes outside ASCII. */
    public static String compact(JsonNode node) {
        return text(node, new MinimalPrettyPrinter(), true);
    }

    /** One line in the shortest form, without escapes outside ASCII. */
    public static String shortest(JsonNode node) {
        return text(node, new MinimalPrettyPrinter(), false);
    }

    /** One line for people and scripts: a blank after each comma and colon, and {@code \\u} escapes outside ASCII. */
    public static String ascii(JsonNode node) {
        return spaced(node, true);
    }

    /** One line for people and scripts: a blank after each comma and colon, without escapes outside ASCII. */
    public static String unicode(JsonNode node) {
        return spaced(node, false);
    }

    /** Several lines for people, indented by two blanks, without escapes outside ASCII. */
    public static String indented(JsonNode node) {
        DefaultIndenter lineFeed = new DefaultIndenter("  ", "\n");
        return text(
                node, new DefaultPrettyPrinter().withObjectIndenter(lineFeed).withArrayIndenter(lineFeed), false);
    }

    /** Several lines as most programs write their settings: indented by two blanks, no blank before a colon, without escapes outside ASCII. */
    public static String document(JsonNode node) {
        return text(node, documentPrinter(), false);
    }

    /** Several lines for scripts: indented by two blanks, keys sorted at every level, {@code \\u} escapes outside ASCII. */
    public static String sorted(JsonNode node) {
        return text(withSortedKeys(node), documentPrinter(), true);
    }

    private static PrettyPrinter documentPrinter() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator("");
        DefaultIndenter lineFeed = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lineFeed).withArrayIndenter(lineFeed);
    }

    private static JsonNode withSortedKeys(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = array();
            node.forEach(element -> array.add(withSortedKeys(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = object();
        node.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> object.set(field.getKey(), withSortedKeys(field.getValue())));
        return object;
    }

    private static String spaced(JsonNode node, boolean asciiOnly) {
        return text(node, new SpacedPrinter(), asciiOnly);
    }

    private static String text(JsonNode node, PrettyPrinter printer, boolean asciiOnly) {
        Writer text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.setPrettyPrinter(printer);
            generator.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), asciiOnly);
            write(node, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NULL -> out.writeNull();
            case NUMBER -> writeNumber(node, out);
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
        }
    }

    private static void writeNumber(JsonNode number, JsonGenerator out) throws IOException {
        if (number.isInt() || number.isLong()) {
            out.writeNumber(number.longValue());
        } else if (number.isIntegralNumber()) {
            out.writeNumber(number.bigIntegerValue());
        } else if (number.isBigDecimal()) {
            out.writeNumber(number.decimalValue());
        } else {
            out.writeNumber(number.doubleValue());
        }
    }

    private static final class SpacedPrinter extends MinimalPrettyPrinter {
        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }
    }
}
