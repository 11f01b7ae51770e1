package dev.agenttower.workspace.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agenttower.core.json.JsonNumber;
import dev.agenttower.core.json.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds one tree from the tokens of a parser. Not thread-safe. */
final class JsonTree {
    private final JsonParser parser;
    private final boolean keepsDigits;
    private boolean repeatsKeys;

    /**
     * A tree that is not yet read.
     *
     * @param keepsDigits whether numbers keep their characters and must be in range, instead of becoming the nearest double
     */
    JsonTree(JsonParser parser, boolean keepsDigits) {
        this.parser = parser;
        this.keepsDigits = keepsDigits;
    }

    /** Whether an object had two values for one key; the last one was taken. */
    boolean repeatsKeys() {
        return repeatsKeys;
    }

    /** The value that starts at the current token. */
    @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> keepsDigits ? JsonNumber.parse(parser.getText()) : parser.getNumberValue();
            case VALUE_NUMBER_FLOAT ->
                keepsDigits ? JsonNumber.parse(parser.getText()) : (Number) parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedJsonException("unexpected " + parser.currentToken());
        };
    }

    /** The object that starts at the current token. */
    Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        int keys = 0;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            object.put(key, value());
            keys++;
        }
        repeatsKeys |= object.size() != keys;
        return object;
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }
}
