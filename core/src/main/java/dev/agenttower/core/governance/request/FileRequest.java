package dev.agenttower.core.governance.request;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.text.Text;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that a role files.
 *
 * @param fromRole the role that files it
 * @param fromAgent the agent that files it
 * @param toRole the addressed role; {@code ALL} for all roles
 * @param title a one-line summary
 * @param description the full text
 * @param priority the priority
 * @param type the type of request
 * @param relatedSpecs the specs it is about
 */
public record FileRequest(
        String fromRole,
        String fromAgent,
        String toRole,
        String title,
        String description,
        String priority,
        String type,
        List<String> relatedSpecs) {
    static final String DEFAULT_PRIORITY = "MEDIUM";
    static final String DEFAULT_TYPE = "SPEC_REQUEST";

    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ .-]{0,63}");
    private static final int MAX_SPECS = 50;

    /**
     * Checks the values and joins the title into one line.
     *
     * @throws RefusedException INVALID, if a value is too long or not a valid name; FORBIDDEN, if the agent's name is reserved
     */
    public FileRequest {
        matching("from_role", fromRole, ROLE);
        toRole = toRole.startsWith("@") ? toRole.substring(1) : toRole;
        matching("to_role", toRole, ROLE);
        matching("from_agent", ReservedEvents.checked(fromAgent), WORD);
        matching("priority", priority, WORD);
        matching("type", type, WORD);
        relatedSpecs = List.copyOf(relatedSpecs);
        if (relatedSpecs.size() > MAX_SPECS) {
            throw RefusedException.invalid("related_specs has more than " + MAX_SPECS + " entries");
        }
        relatedSpecs.forEach(spec -> matching("related_specs", spec, WORD));
        title = RequestText.line(Limits.check("title", title, Limits.LINE));
        description = RequestText.normal(Limits.check("description", description, Limits.TEXT));
    }

    /**
     * Reads the body of a request.
     *
     * @throws RefusedException INVALID, if a field is missing, of the wrong type, too long or not a valid name; FORBIDDEN, if the agent's name
     *     is reserved
     */
    public static FileRequest of(Map<String, ? extends @Nullable Object> body) {
        if (body.get("from_role") == null || body.get("to_role") == null || body.get("title") == null) {
            throw RefusedException.invalid("from_role, to_role, and title are required");
        }
        return new FileRequest(
                BodyText.of(body, "from_role", ""),
                BodyText.of(body, "from_agent", "AGENT"),
                BodyText.of(body, "to_role", ""),
                BodyText.of(body, "title", ""),
                BodyText.of(body, "description", ""),
                BodyText.of(body, "priority", DEFAULT_PRIORITY),
                BodyText.of(body, "type", DEFAULT_TYPE),
                texts(body.get("related_specs")));
    }

    private static List<String> texts(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw RefusedException.invalid("related_specs must be a list of strings");
    }

    private static void matching(String field, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw RefusedException.invalid(
                    field + " is not a name of letters, digits and underscores: '" + Text.abbreviated(value, 80) + "'");
        }
    }
}
