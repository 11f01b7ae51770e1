package dev.agenttower.client.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * Something in the policy that does not fit.
 *
 * @param type {@code sovereign_conflict}, {@code missing_jurisdiction}, or one that this build does not know
 * @param path the path that it is about, or null
 * @param specId the spec that it is about, or null
 * @param message one sentence for a person
 */
public record PolicyConflict(
        String type,
        String role,
        @Nullable String path,
        @Nullable String specId,
        String message) {}
