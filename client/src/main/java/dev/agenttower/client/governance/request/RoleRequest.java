package dev.agenttower.client.governance.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request between roles. A single request is complete; in a list, type, priority and specs may be missing.
 *
 * @param id such as {@code REQ-028}
 * @param status {@code OPEN}, {@code IN_PROGRESS}, {@code COMPLETED}, {@code REJECTED}, {@code WITHDRAWN} or {@code SUPERSEDED}; others in older files
 * @param author the role and name of the author, as written
 * @param toRole the receiving role, or {@code ALL}
 * @param date as written
 * @param summary the first 200 characters of the description
 * @param description the whole description, or null in a list
 */
public record RoleRequest(
        String id,
        String title,
        String status,
        String author,
        String fromRole,
        String toRole,
        String date,
        String summary,
        @Nullable String type,
        @Nullable String priority,
        List<String> relatedSpecs,
        @Nullable String description,
        JsonNode json) {
    /** Copies the specs. */
    public RoleRequest {
        relatedSpecs = List.copyOf(relatedSpecs);
    }
}
