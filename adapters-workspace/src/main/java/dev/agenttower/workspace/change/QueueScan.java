package dev.agenttower.workspace.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.json.JsonNumber;
import dev.agenttower.core.json.JsonText;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The positions of the requests in a queue file, and their short fields. Long values are skipped, so the file may be larger than the
 * memory.
 *
 * @param entries the requests in file order
 * @param list the list of requests, brackets included; null if there is none
 * @param lastValueEnd the end of the last value of the root object
 * @param isEmpty whether the root object has no keys
 */
record QueueScan(List<Entry> entries, @Nullable Span list, long lastValueEnd, boolean isEmpty) {
    /** The scan of a missing file. */
    static final QueueScan NOTHING = new QueueScan(List.of(), null, 0, true);

    private static final String REQUESTS = "requests";
    private static final int LONGEST_KEPT = 256;
    private static final int LONGEST_PATH = 4096;
    private static final Set<String> LONG = Set.of("patch", "content", "merge_data");
    /** The longest string, in characters, that the parser accepts, also in a skipped value. */
    private static final int MAX_STRING_LENGTH = 1 << 26;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonText.MAX_DEPTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Whether there is no file. */
    boolean isMissing() {
        return lastValueEnd == 0;
    }

    /** A part of the file. */
    record Span(long start, long end) {
        long length() {
            return end - start;
        }
    }

    /**
     * One request.
     *
     * @param span its position in the file
     * @param fields its short fields
     * @param keys the names of all its fields
     */
    record Entry(Span span, Map<String, @Nullable Object> fields, Set<String> keys) {}

    /**
     * Reads a queue file.
     *
     * @param name the name of the file in failure messages
     * @throws ChangeQueueException if the file is not a valid queue
     */
    static QueueScan of(InputStream file, String name) throws IOException {
        try (JsonParser parser = JSON.createParser(file)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ChangeQueueException("the change queue '" + name + "' is not a JSON object", null);
            }
            List<Entry> entries = List.of();
            Span list = null;
            boolean isEmpty = true;
            long lastValueEnd = offset(parser) + 1;
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                isEmpty = false;
                JsonToken value = parser.nextToken();
                if (!key.equals(REQUESTS)) {
                    skip(parser);
                } else if (list != null) {
                    throw twice(key, name);
                } else if (value != JsonToken.START_ARRAY) {
                    throw new ChangeQueueException("'requests' in '" + name + "' is not a list", null);
                } else {
                    long start = offset(parser);
                    entries = entries(parser, name);
                    list = new Span(start, offset(parser) + 1);
                }
                parser.finishToken();
                lastValueEnd = parser.currentLocation().getByteOffset();
            }
            if (parser.nextToken() != null) {
                throw new ChangeQueueException("something follows the object in '" + name + "'", null);
            }
            return new QueueScan(entries, list, lastValueEnd, isEmpty);
        }
    }

    private static List<Entry> entries(JsonParser parser, String name) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new ChangeQueueException("an entry in '" + name + "' is not an object", null);
            }
            entries.add(entry(parser, name));
        }
        return List.copyOf(entries);
    }

    private static Entry entry(JsonParser parser, String name) throws IOException {
        long start = offset(parser);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (!keys.add(key)) {
                throw twice(key, name);
            }
            JsonToken value = parser.nextToken();
            if (LONG.contains(key) || value.isStructStart() || value.isNumeric()) {
                skip(parser);
            } else if (value == JsonToken.VALUE_NULL) {
                fields.put(key, null);
            } else if (value.isBoolean()) {
                fields.put(key, parser.getBooleanValue());
            } else if (value == JsonToken.VALUE_STRING
                    && parser.getTextLength() <= (key.equals("target_path") ? LONGEST_PATH : LONGEST_KEPT)) {
                fields.put(key, parser.getText());
            }
        }
        return new Entry(new Span(start, offset(parser) + 1), fields, keys);
    }

    /** A duplicate key is an error: accepting one of the two values would lose the other. */
    private static ChangeQueueException twice(String key, String name) {
        return new ChangeQueueException("'" + key + "' stands twice in '" + name + "'", null);
    }

    /** Skips to the end of the value. Its numbers are parsed, because some are too large to represent. */
    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token == null) {
                throw new EOFException("the file ends early");
            }
            if (token.isNumeric()) {
                JsonNumber.parse(parser.getText());
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    private static long offset(JsonParser parser) throws IOException {
        long offset = parser.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            throw new CharConversionException("not UTF-8");
        }
        return offset;
    }
}
