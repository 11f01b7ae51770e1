package dev.agenttower.core.governance.request;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A human's request to all roles.
 *
 * @param author the name of the human
 * @param type {@code feature}, {@code bug} or {@code improvement}
 * @param description the full text
 */
public record Feedback(String author, String type, String description) {
    private static final String ANY_TYPE = "improvement";
    private static final Set<String> TYPES = Set.of("feature", "bug", ANY_TYPE);

    /**
     * Checks the values; an unknown type becomes {@code improvement}.
     *
     * @throws RefusedException INVALID, if one is too long, or the description is empty
     */
    public Feedback {
        author = Limits.name("author", author).strip();
        author = author.isEmpty() ? "Anonymous" : author;
        type = TYPES.contains(type) ? type : ANY_TYPE;
        description = RequestText.normal(Limits.check("description", description, Limits.TEXT));
        if (description.isEmpty()) {
            throw RefusedException.invalid("Description is required");
        }
    }

    /**
     * Reads the body of a request.
     *
     * @throws RefusedException INVALID, if a field is missing, of the wrong type or too long
     */
    public static Feedback of(Map<String, ? extends @Nullable Object> body) {
        return new Feedback(text(body, "author"), text(body, "type"), text(body, "description"));
    }

    /** The title of its entry, such as {@code Bug Request}. */
    String title() {
        return type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1) + " Request";
    }

    private static String text(Map<String, ? extends @Nullable Object> body, String key) {
        Object value = body.get(key);
        if (value == null || value instanceof String) {
            return value == null ? "" : (String) value;
        }
        throw RefusedException.invalid(key + " must be a string");
    }
}
