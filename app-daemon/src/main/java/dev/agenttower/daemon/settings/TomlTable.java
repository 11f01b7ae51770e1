package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.text.Text;
import dev.agenttower.daemon.lifecycle.Failures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One top-level table of a TOML file. */
final class TomlTable {
    private static final long MAX_BYTES = 1 << 20;

    private final String name;
    private final JsonNode values;

    private TomlTable(String name, JsonNode values) {
        this.name = name;
        this.values = values;
    }

    /**
     * Reads a table; empty if the file or the table is missing.
     *
     * @throws InvalidSettingsException if the file cannot be read, is not TOML, or the name is not a table
     */
    static Optional<TomlTable> read(Path file, String name) {
        Optional<JsonNode> table = parse(file).map(document -> document.get(name));
        table.filter(value -> !value.isObject()).ifPresent(value -> {
            throw invalid("[" + name + "] must be a TOML table; got " + type(value));
        });
        return table.map(values -> new TomlTable(name, values));
    }

    private static Optional<JsonNode> parse(Path file) {
        String text;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw unreadable(file, "not a regular file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw unreadable(file, "more than " + MAX_BYTES + " bytes");
            }
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw unreadable(file, "not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, Failures.reason(e));
        }
        return Optional.of(parse(file, text));
    }

    private static JsonNode parse(Path file, String text) {
        try {
            return Toml.READER.readTree(text);
        } catch (JacksonException e) {
            @Nullable JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (at line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
            throw unreadable(file, e.getOriginalMessage() + where);
        } catch (RuntimeException e) { // the parser does not wrap some exceptions of number and date parsing
            throw unreadable(file, Failures.reason(e));
        }
    }

    private static InvalidSettingsException unreadable(Path file, String reason) {
        return invalid("failed to parse " + file + ": " + reason);
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

    // A separate class, so that a missing file does not load the parser.
    private static final class Toml {
        static final ObjectReader READER = new TomlMapper().reader();
    }
}
