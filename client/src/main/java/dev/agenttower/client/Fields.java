package dev.agenttower.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxPage;
import dev.agenttower.core.page.ListDefinition;
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

    /** A row of a list. */
    static <R> R row(ListDefinition<R> list, JsonNode row) {
        return list.row(column -> {
            JsonNode value = row.at("/" + column.replace('.', '/'));
            return value.isNumber()
                    ? (Object) value.longValue()
                    : value.isBoolean() ? value.booleanValue() : value.textValue();
        });
    }

    static InboxPage inbox(JsonNode answer) {
        return new InboxPage(
                text(answer, "cursor"),
                answer.path("reset").asBoolean(),
                all(answer.path("items"), item -> row(InboxItem.LIST, item)),
                texts(answer.path("removed")),
                answer.path("has_more").asBoolean(),
                answer.path("total").asInt());
    }

    /** The fields of an object as a list, each decoded with its name. */
    static <T> List<T> named(JsonNode rows, BiFunction<String, JsonNode, T> decoder) {
        List<T> all = new ArrayList<>(rows.size());
        rows.properties().forEach(row -> all.add(decoder.apply(row.getKey(), row.getValue())));
        return all;
    }
}
