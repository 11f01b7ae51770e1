package dev.agenttower.core.governance.role;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to start a session.
 *
 * @param sessionId its id
 * @param agent the agent
 * @param role its role
 * @param specId the spec it works under
 * @param sandbox whether it runs in a sandbox
 * @param root the process whose descendants will belong to it; null when unknown
 * @param lineage the calling process and its ancestors, nearest first; empty when unknown
 */
public record StartSession(
        String sessionId,
        String agent,
        String role,
        String specId,
        boolean sandbox,
        @Nullable SessionMember root,
        List<LiveProcess> lineage) {
    /**
     * Checks the names.
     *
     * @throws RefusedException INVALID, if one is too long; FORBIDDEN, if the agent's name is reserved
     */
    public StartSession {
        Limits.name("session_id", sessionId);
        Limits.name("agent", ReservedEvents.checked(agent));
        Limits.name("role", role);
        Limits.name("spec_id", specId);
        lineage = List.copyOf(lineage);
    }

    /** A copy bound to a process; null for none. */
    public StartSession boundTo(@Nullable SessionMember process) {
        return new StartSession(sessionId, agent, role, specId, sandbox, process, lineage);
    }

    /** The root and its ancestors, nearest first; empty if there is no root among the lineage. */
    List<LiveProcess> lineageOfRoot() {
        return lineage.stream()
                .dropWhile(process -> root == null || !process.mark().equals(root.mark()))
                .toList();
    }

    /**
     * Reads the body of a request.
     *
     * @throws RefusedException INVALID, if a field is missing, of the wrong type or too long
     */
    public static StartSession of(
            Map<String, ? extends @Nullable Object> body, @Nullable SessionMember root, List<LiveProcess> lineage) {
        if (!(body.get("agent") instanceof String agent)
                || !(body.get("role") instanceof String role)
                || !(body.get("spec_id") instanceof String specId)
                || agent.isEmpty()
                || role.isEmpty()
                || specId.isEmpty()) {
            throw RefusedException.invalid("Missing agent, role, or spec_id");
        }
        Object known = body.get("session_id");
        if (known != null && !(known instanceof String)) {
            throw RefusedException.invalid("session_id must be a string");
        }
        String id = known == null || known.equals("") ? "unknown" : (String) known;
        return new StartSession(id, agent, role, specId, Boolean.TRUE.equals(body.get("sandbox")), root, lineage);
    }
}
