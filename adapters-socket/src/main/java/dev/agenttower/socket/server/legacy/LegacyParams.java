package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.math.BigInteger;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of an older method. A missing parameter differs from a null one. */
final class LegacyParams {
    private static final String SCHEMA_VERSION = "schema_version";

    private final ObjectNode params;

    LegacyParams(ObjectNode params) {
        this.params = params;
    }

    /** Refuses unknown parameters. */
    LegacyParams only(Set<String> known, ErrorCode code) {
        Set<String> unknown = new TreeSet<>();
        params.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        unknown.remove(SCHEMA_VERSION);
        if (!unknown.isEmpty()) {
            throw new RefusedException(code, "unknown parameters: " + String.join(", ", unknown));
        }
        return this;
    }

    /** Refuses a client whose schema is older than the daemon's. */
    LegacyParams forSchema(@Nullable Integer kept) {
        JsonNode expected = params.get(SCHEMA_VERSION);
        if (expected == null) {
            return this;
        }
        if (!expected.isIntegralNumber()) {
            throw badRequest("params.schema_version must be an integer");
        }
        if (kept != null && expected.bigIntegerValue().compareTo(BigInteger.valueOf(kept)) < 0) {
            throw new RefusedException(
                    ErrorCode.SCHEMA_VERSION_NEWER,
                    "daemon schema_version=" + kept + " > client expected=" + expected.bigIntegerValue()
                            + "; upgrade the CLI");
        }
        return this;
    }

    /** The unchecked value; null if not given. */
    @Nullable JsonNode get(String name) {
        return params.get(name);
    }

    /** A boolean, false if not given. */
    boolean flag(String name, ErrorCode code) {
        JsonNode value = params.get(name);
        if (value != null && !value.isBoolean()) {
            throw new RefusedException(code, "params." + name + " must be a boolean");
        }
        return value != null && value.booleanValue();
    }

    /** A text, null if null or not given. */
    @Nullable String textOrNull(String name) {
        JsonNode value = params.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw badRequest("params." + name + " must be a string or null");
        }
        return value.textValue();
    }

    /** A required text. */
    String text(String name) {
        JsonNode value = given(name);
        if (!value.isTextual()) {
            throw badRequest("params." + name + " must be a string");
        }
        return value.textValue();
    }

    /** A required value of any type. */
    JsonNode given(String name) {
        JsonNode value = params.get(name);
        if (value == null) {
            throw badRequest("params." + name + " is required");
        }
        return value;
    }

    static RefusedException badRequest(String message) {
        return new RefusedException(ErrorCode.BAD_REQUEST, message);
    }
}
