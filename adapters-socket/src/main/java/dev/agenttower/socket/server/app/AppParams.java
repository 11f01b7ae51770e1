package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.server.wire.JsonText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads parameters of a contract method; refuses with {@code validation_failed}, naming the field. */
final class AppParams {
    private static final String WRONG_TYPE = "wrong type";
    private static final String NO_INTEGER = "must be an integer";
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final int MAX_DIGITS = 18;

    private final ObjectNode params;

    AppParams(ObjectNode params) {
        this.params = params;
    }

    boolean has(String field) {
        return params.has(field);
    }

    /** The unchecked value; null if null or not given. */
    @Nullable JsonNode get(String field) {
        JsonNode value = params.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** A given, non-empty text. */
    String requiredText(String field) {
        JsonNode value = params.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw invalid(field, "missing or wrong type");
        }
        return value.textValue();
    }

    /** An integer, or a text that is one; an integer of more than 64 bits is -1, which nothing has. */
    long requiredNumber(String field) {
        JsonNode value = params.path(field);
        String digits = value.isIntegralNumber() || value.isTextual() ? value.asText() : "";
        if (!NUMBER.matcher(digits).matches()) {
            throw invalid(field, "missing or wrong type");
        }
        return digits.length() <= MAX_DIGITS ? Long.parseLong(digits) : -1;
    }

    /** A text; null if null or not given. */
    @Nullable String optionalText(String field) {
        JsonNode value = get(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(field, WRONG_TYPE);
        }
        return value.textValue();
    }

    /** A text of at most {@code max} code points; empty if null or not given. */
    String boundedText(String field, int max) {
        JsonNode value = get(field);
        if (value == null) {
            return "";
        }
        if (!value.isTextual()) {
            throw invalid(field, "must be a string");
        }
        if (Text.length(value.textValue()) > max) {
            throw invalid(field, "max length " + max);
        }
        return value.textValue();
    }

    /** A boolean. */
    boolean flag(String field, boolean byDefault) {
        JsonNode value = params.get(field);
        if (value == null) {
            return byDefault;
        }
        if (!value.isBoolean()) {
            throw invalid(field, WRONG_TYPE);
        }
        return value.booleanValue();
    }

    /** An integer from 1; {@code byDefault} if null or not given. */
    JsonNode positive(String field, JsonNode byDefault) {
        JsonNode value = get(field);
        if (value == null) {
            return byDefault;
        }
        if (!value.isIntegralNumber()) {
            throw invalid(field, NO_INTEGER);
        }
        if (value.bigIntegerValue().signum() <= 0) {
            throw invalid(field, "must be >= 1");
        }
        return value;
    }

    /** An integer within bounds; {@code byDefault} if not given. */
    int within(String field, int byDefault, int min, int max, String outside) {
        JsonNode value = params.get(field);
        if (value == null) {
            return byDefault;
        }
        if (!value.isIntegralNumber()) {
            throw invalid(field, NO_INTEGER);
        }
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw invalid(field, outside);
        }
        return value.intValue();
    }

    /** An integer within bounds; {@code byDefault} if null or not given. */
    int optionalWithin(String field, int byDefault, int min, int max, String outside) {
        return get(field) == null ? byDefault : within(field, byDefault, min, max, outside);
    }

    /** Whether a value counts as true: given, and neither null, false, zero nor empty. */
    boolean truthy(String field) {
        JsonNode value = get(field);
        return value != null && JsonText.isTruthy(value);
    }
}
