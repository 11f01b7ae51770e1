package dev.agenttower.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.agenttower.core.json.Surrogates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the fields of a record as one compact JSON line in UTF-8, LF included. Thread-safe. */
final class RecordEncoder {
    private final JsonFactory json = new JsonFactory();

    byte[] encode(Map<String, ? extends @Nullable Object> fields) {
        // Through a string and not directly to bytes, so that an unpaired surrogate is replaced instead of failing.
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(line)) {
            write(generator, fields);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Surrogates.mended(line.append('\n').toString()).getBytes(UTF_8);
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Number number) {
            writeNumber(generator, number);
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private static void writeNumber(JsonGenerator generator, Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            generator.writeNumber(number.doubleValue());
        } else if (number instanceof BigInteger integer) {
            generator.writeNumber(integer);
        } else if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else {
            generator.writeNumber(number.longValue());
        }
    }
}
