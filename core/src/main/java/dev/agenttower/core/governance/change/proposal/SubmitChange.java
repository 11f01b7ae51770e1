package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.json.JsonForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change that an agent proposes.
 *
 * @param agent the agent that proposes it
 * @param role the role of that agent
 * @param specRef the spec it belongs to
 * @param intentId the intent it serves
 * @param targetPath the file, relative to the root, as given by the caller
 * @param changeType the name of the type of change
 * @param description the reason for the change
 * @param payload the payload, under {@code patch}, {@code content} or {@code merge_data}
 */
public record SubmitChange(
        String agent,
        String role,
        @Nullable String specRef,
        @Nullable String intentId,
        String targetPath,
        String changeType,
        String description,
        Map<String, @Nullable Object> payload) {
    private static final List<String> REQUIRED = List.of("agent", "role", "target_path", "change_type");

    /**
     * Checks the lengths.
     *
     * @throws RefusedException INVALID, if a field is too long; FORBIDDEN, if the agent's name is reserved
     */
    public SubmitChange {
        ReservedEvents.checked(Limits.name("agent", agent));
        Limits.name("role", role);
        Limits.optionalName("spec_ref", specRef);
        Limits.optionalName("intent_id", intentId);
        Limits.check("target_path", targetPath, Limits.PATH);
        Limits.name("change_type", changeType);
        Limits.check("description", description, Limits.TEXT);
        payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
        if (JsonForm.line(payload).length() > 2 * Limits.CONTENT) {
            throw RefusedException.invalid("the proposal exceeds " + 2 * Limits.CONTENT + " characters");
        }
    }

    /**
     * Reads the body of a request.
     *
     * @throws RefusedException INVALID, if a field is missing, of the wrong type or too long; FORBIDDEN, if the agent's name is reserved
     */
    public static SubmitChange of(Map<String, ? extends @Nullable Object> body) {
        for (String key : REQUIRED) {
            if (!(body.get(key) instanceof String text) || text.isEmpty()) {
                throw RefusedException.invalid("Missing required fields");
            }
        }
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        for (String key : ChangeRequest.PAYLOAD) {
            if (body.containsKey(key)) {
                payload.put(key, body.get(key));
            }
        }
        return new SubmitChange(
                BodyText.of(body, "agent", ""),
                BodyText.of(body, "role", ""),
                optional(body, "spec_ref"),
                optional(body, "intent_id"),
                BodyText.of(body, "target_path", ""),
                BodyText.of(body, "change_type", ""),
                BodyText.of(body, "description", ""),
                payload);
    }

    private static @Nullable String optional(Map<String, ? extends @Nullable Object> body, String key) {
        String text = BodyText.of(body, key);
        return text == null || text.isEmpty() ? null : text;
    }
}
