package dev.agenttower.core.governance.request;

import dev.agenttower.core.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the document has it.
 *
 * @param id such as {@code REQ-028}
 * @param title what is asked, in one line
 * @param status its status as written; {@code UNKNOWN} where there is none
 * @param author who filed it, as written
 * @param fromRole the role that filed it; empty where none is named
 * @param to the role that is asked; {@code ALL} where none is named
 * @param date when it was filed, as written
 * @param type what kind of request it is, as written; null where none is named
 * @param priority how urgent it is, as written; null where none is named
 * @param relatedSpecs the specs it is about
 * @param description what is asked, in full
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

    /** Whether a role filed it or is asked by name, upper and lower case being alike. */
    public boolean concerns(String role) {
        return to.equalsIgnoreCase(role) || fromRole.equalsIgnoreCase(role);
    }

    /** Whether a role may change its status: it filed it, it is asked, or everybody is. */
    public boolean mayBeUpdatedBy(String role) {
        return to.equals("ALL") || concerns(role);
    }
}
