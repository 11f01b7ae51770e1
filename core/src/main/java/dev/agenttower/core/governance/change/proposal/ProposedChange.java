package dev.agenttower.core.governance.change.proposal;

import java.util.Map;

/**
 * The type of a change with its payload.
 *
 * @param type the name of the type, see {@link Proposal#of}
 * @param payload the payload under its key
 */
public record ProposedChange(String type, Map<String, Object> payload) {
    /** Copies the payload. */
    public ProposedChange {
        payload = Map.copyOf(payload);
    }

    /** The replacement of a whole file. */
    public static ProposedChange fullReplace(String content) {
        return new ProposedChange("full_replace", Map.of("content", content));
    }

    /** The replacement of a text that occurs exactly once. */
    public static ProposedChange patch(String oldText, String newText) {
        return new ProposedChange("patch", Map.of("patch", Map.of("old_string", oldText, "new_string", newText)));
    }
}
