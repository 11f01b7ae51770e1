package dev.agenttower.core.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * A contradiction between two parts of a policy.
 *
 * @param type {@code sovereign_conflict} or {@code missing_jurisdiction}
 * @param role the role
 * @param path the sovereign path that the role covers; null for the other type
 * @param specId the spec that names a role without jurisdiction; null for the other type
 * @param message a sentence for the user
 */
public record PolicyConflict(
        String type,
        String role,
        @Nullable String path,
        @Nullable String specId,
        String message) {}
