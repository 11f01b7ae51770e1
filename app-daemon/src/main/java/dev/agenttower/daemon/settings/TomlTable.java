package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.text.Text;
import java.util.Iterator;
import java.util.Optional;

/** One top-level table of a TOML file. */
final class TomlTable {
    private final String name;
    private final JsonNode values;

    /**
     * A table.
     *
     * @throws InvalidSettingsException if {@code values} is no table
     */
    TomlTable(String name, JsonNode values) {
        if (!values.isObject()) {
            throw invalid("[" + name + "] must be a TOML table; got " + type(values));
        }
        this.name = name;
        this.values = values;
    }

    /** A failure with this message, sanitized and truncated. */
    static InvalidSettingsException invalid(String message) {
        return new InvalidSettingsException(Text.bound(message, Text.MESSAGE_LIMIT));
    }

    /** The table's name. */
    String name() {
        return name;
    }

    /** The value of a key, if it is set. */
    Optional<JsonNode> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The keys that are set. */
    Iterator<String> keys() {
        return values.fieldNames();
    }

    /** A value in a form that a person recognizes. */
    static String shown(JsonNode value) {
        // the node's text of 5.0 lacks the fraction that distinguishes it from an integer
        String text = value.isFloatingPointNumber() ? String.valueOf(value.doubleValue()) : value.toString();
        return Text.bound(text, Text.MESSAGE_LIMIT);
    }

    /** A value with its type. */
    static String shownWithType(JsonNode value) {
        return shown(value) + " (" + type(value) + ")";
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "float";
            case ARRAY -> "array";
            case OBJECT -> "table";
            case POJO -> "date or time";
            case BINARY, MISSING, NULL -> "nothing";
        };
    }
}
