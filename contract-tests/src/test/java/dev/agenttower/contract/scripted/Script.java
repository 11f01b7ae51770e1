package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON file with scripted answers; read on each use, because tests rewrite it. */
record Script(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The current content of the file.
     *
     * @throws UncheckedIOException if it cannot be read or is not JSON
     */
    JsonNode read() {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the script " + file, e);
        }
    }

    /**
     * A required value.
     *
     * @throws IllegalStateException if it is missing
     */
    static JsonNode required(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalStateException("the script lacks \"" + key + "\" in " + object);
        }
        return value;
    }

    /** The code of this name; {@code fallback} for an unknown name. */
    static ErrorCode code(JsonNode name, ErrorCode fallback) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wire().equals(name.asText())) {
                return code;
            }
        }
        return fallback;
    }
}
