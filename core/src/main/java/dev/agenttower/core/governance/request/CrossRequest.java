package dev.agenttower.core.governance.request;

import dev.agenttower.core.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cross-role request as read from the document.
 *
 * @param id such as {@code REQ-028}
 * @param title a one-line summary
 * @param status its status as written; {@code UNKNOWN} where there is none
 * @param author the author, as written
 * @param fromRole the role that filed it; empty where none is named
 * @param to the addressed role; {@code ALL} where none is named
 * @param date the filing date, as written
 * @param type the type, as written; null where none is named
 * @param priority the priority, as written; null where none is named
 * @param relatedSpecs the specs it is about
 * @param description the full text
 */
public record CrossRequest(
        String id,
        String title,
        String status,
        String author,
        String fromRole,
        String to,
        String date,
        @Nullable String type,
        @Nullable String priority,
        List<String> relatedSpecs,
        String description) {
    private static final int SUMMARY = 200;

    /** Copies the specs. */
    public CrossRequest {
        relatedSpecs = List.copyOf(relatedSpecs);
    }

    /** The beginning of the description: at most 200 characters. */
    public String summary() {
        return Text.cut(description, SUMMARY);
    }

    /** Whether a role filed it or is addressed by name, ignoring case. */
    public boolean concerns(String role) {
        return to.equalsIgnoreCase(role) || fromRole.equalsIgnoreCase(role);
    }

    /** Whether a role may change its status: the role filed it or is addressed, by name or with {@code ALL}. */
    public boolean mayBeUpdatedBy(String role) {
        return to.equals("ALL") || concerns(role);
    }
}
