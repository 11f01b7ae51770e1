package dev.agenttower.client.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * An inconsistency in the policy.
 *
 * @param type {@code sovereign_conflict}, {@code missing_jurisdiction}, or one unknown to this version
 * @param path the affected path, or null
 * @param specId the affected spec, or null
 * @param message one sentence for a person
 */
public record PolicyConflict(
        String type,
        String role,
        @Nullable String path,
        @Nullable String specId,
        String message) {}
