package dev.agenttower.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of answers. Missing fields become empty values, for compatibility with other daemon versions. */
final class Fields {
    private Fields() {}

    static String text(JsonNode row, String field) {
        return row.path(field).asText("");
    }

    static @Nullable String textOrNull(JsonNode row, String field) {
        return row.path(field).textValue();
    }

    static List<String> texts(JsonNode rows) {
        return all(rows, row -> row.asText(""));
    }

    static <T> List<T> all(JsonNode rows, Function<JsonNode, T> decoder) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(decoder.apply(row)));
        return all;
    }

    /** The fields of an object as a list, each decoded with its name. */
    static <T> List<T> named(JsonNode rows, BiFunction<String, JsonNode, T> decoder) {
        List<T> all = new ArrayList<>(rows.size());
        rows.properties().forEach(row -> all.add(decoder.apply(row.getKey(), row.getValue())));
        return all;
    }
}
