package dev.agenttower.core.governance.drift;

import org.jspecify.annotations.Nullable;

/**
 * The last known state of one path.
 *
 * @param path the path, relative to the root
 * @param isDeclared whether the policy declares this path; else it lies below a declared directory
 * @param fingerprint the fingerprint at the last check; null for no file
 * @param expected the SHA-256 of its content after the authorized change in progress; null when none is in progress
 * @param unreported a drift that may not be on the ledger yet; null for none
 */
public record KnownFile(
        String path,
        boolean isDeclared,
        @Nullable Fingerprint fingerprint,
        @Nullable String expected,
        @Nullable PendingDrift unreported) {
    private static final String INCOMPLETE = "/.";

    /** The key under which a sovereign path is marked incomplete. No file has this path, so the fingerprint of the path itself is kept. */
    static String incompletePath(String declared) {
        return declared + INCOMPLETE;
    }

    /** The sovereign path of such a key. */
    static String declaredPath(String incomplete) {
        return incomplete.substring(0, incomplete.length() - INCOMPLETE.length());
    }

    static KnownFile of(String path, boolean isDeclared, @Nullable Fingerprint fingerprint) {
        return new KnownFile(path, isDeclared, fingerprint, null, null);
    }

    /** Whether a fingerprint is the expected result of the authorized change in progress. */
    boolean isExpecting(@Nullable Fingerprint found) {
        return expected != null && Fingerprint.of(expected).equals(found);
    }

    /** A copy with another fingerprint. */
    KnownFile with(@Nullable Fingerprint found) {
        return new KnownFile(path, isDeclared, found, expected, unreported);
    }

    /** A copy that expects an authorized change to this content; null when no change is in progress any more. */
    KnownFile expecting(@Nullable String sha256) {
        return new KnownFile(path, isDeclared, fingerprint, sha256, unreported);
    }

    /** A copy with a drift that is about to be reported. */
    KnownFile reporting(PendingDrift drift) {
        return new KnownFile(path, isDeclared, fingerprint, expected, drift);
    }

    /** A copy with the drift reported. */
    KnownFile reported(PendingDrift drift) {
        return new KnownFile(path, isDeclared, drift.after(), expected, null);
    }
}
