package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON file that says what the world answers; read anew each time, because a test rewrites it. */
record Script(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The file as it is now.
     *
     * @throws UncheckedIOException if it cannot be read or is no JSON
     */
    JsonNode read() {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the script " + file, e);
        }
    }

    /**
     * A value that must be there.
     *
     * @throws IllegalStateException if it is not
     */
    static JsonNode required(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalStateException("the script lacks \"" + key + "\" in " + object);
        }
        return value;
    }

    /** The code of this name; {@code fallback} where there is no such name. */
    static ErrorCode code(JsonNode name, ErrorCode fallback) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wire().equals(name.asText())) {
                return code;
            }
        }
        return fallback;
    }
}
