package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fields of an agent and lets the rules of the core speak with the name of the field. */
final class AgentFields {
    private static final int MAX_LABEL = 256;
    private static final Set<ErrorCode> OF_ONE_FIELD =
            EnumSet.of(ErrorCode.VALUE_OUT_OF_SET, ErrorCode.FIELD_TOO_LONG, ErrorCode.PROJECT_PATH_INVALID);

    private AgentFields() {}

    /** A label without the blanks around it; empty if it is null or not given. */
    static String trimmedLabel(AppParams params) {
        JsonNode value = params.get("label");
        if (value == null) {
            return "";
        }
        if (!value.isTextual()) {
            throw invalid("label", "wrong type");
        }
        String label = value.textValue().strip();
        if (label.indexOf('\n') >= 0 || label.indexOf('\r') >= 0) {
            throw invalid("label", "embedded newline");
        }
        if (Text.length(label) > MAX_LABEL) {
            throw invalid("label", "too long");
        }
        return label;
    }

    /** A text under a rule; null if it is null or not given, and out of its set if it is no text. */
    static <T> @Nullable T optional(AppParams params, String field, Function<String, T> rule) {
        JsonNode value = params.get(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(field, "wrong type");
        }
        return ruled(field, value.textValue(), rule);
    }

    /** A value in its stored form. */
    static <T> T ruled(String field, String value, Function<String, T> rule) {
        try {
            return rule.apply(value);
        } catch (RefusedException e) {
            throw OF_ONE_FIELD.contains(e.code()) ? invalid(field, e.code().wire()) : e;
        }
    }
}
