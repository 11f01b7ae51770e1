package dev.agenttower.client.governance.human;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The caller's identity as determined by the daemon, with its reasons.
 *
 * @param project the caller's project, or null if unknown
 * @param agent its name, or null
 * @param role the role, or null if there is none
 * @param roleSource {@code session}, {@code environment}, {@code active_role_file}, {@code default} or {@code none}
 * @param sessionId the session, or null
 * @param isHuman whether the caller has the rights of a human
 * @param humanReason why not, such as {@code agent_process}; null for a human
 * @param asksPassphrase whether an operator passphrase is also required
 * @param explanation one sentence for a person
 */
public record CallerIdentity(
        @Nullable String project,
        @Nullable String agent,
        @Nullable String role,
        String roleSource,
        @Nullable String sessionId,
        @Nullable String specId,
        boolean isHuman,
        @Nullable String humanReason,
        boolean asksPassphrase,
        String explanation,
        JsonNode json) {}
