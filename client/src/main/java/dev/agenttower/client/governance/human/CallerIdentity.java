package dev.agenttower.client.governance.human;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Who the daemon takes the caller for, and why.
 *
 * @param project the project that is meant, or null where none can be told
 * @param agent its name, or null
 * @param role the role, or null where there is none
 * @param roleSource {@code session}, {@code environment}, {@code active_role_file}, {@code default} or {@code none}
 * @param sessionId the session, or null
 * @param isHuman whether the caller may do what only a human may
 * @param humanReason why not, such as {@code agent_process}; null for a human
 * @param asksPassphrase whether an operator passphrase is asked in addition
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
