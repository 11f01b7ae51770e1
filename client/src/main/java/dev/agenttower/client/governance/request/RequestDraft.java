package dev.agenttower.client.governance.request;

import static java.util.Objects.requireNonNull;

import dev.agenttower.client.governance.role.Actor;
import java.util.List;

/**
 * A request from one role to another.
 *
 * @param by the author
 * @param toRole the receiving role
 * @param priority such as {@code MEDIUM}
 * @param type such as {@code SPEC_REQUEST}
 * @param relatedSpecs may be empty
 */
public record RequestDraft(
        Actor by,
        String toRole,
        String title,
        String description,
        String priority,
        String type,
        List<String> relatedSpecs) {
    /** Checks that required parts are not null, and copies the specs. */
    public RequestDraft {
        requireNonNull(by, "by");
        requireNonNull(toRole, "toRole");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(priority, "priority");
        requireNonNull(type, "type");
        relatedSpecs = List.copyOf(relatedSpecs);
    }

    /** A request of default priority and type, without specs. */
    public static RequestDraft of(Actor by, String toRole, String title, String description) {
        return new RequestDraft(by, toRole, title, description, "MEDIUM", "SPEC_REQUEST", List.of());
    }
}
