package dev.agenttower.core.governance.drift;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one path.
 *
 * @param path the path, relative to the root
 * @param isDeclared whether the policy itself names it; else it lies below a directory that the policy names
 * @param fingerprint what was there when it was last looked at; null for nothing
 * @param expected the SHA-256 that an authorized change is about to give it; null when none is under way
 * @param unreported a drift that may not be on the ledger yet; null for none
 */
public record KnownFile(
        String path,
        boolean isDeclared,
        @Nullable Fingerprint fingerprint,
        @Nullable String expected,
        @Nullable PendingDrift unreported) {
    private static final String INCOMPLETE = "/.";

    /** Where it is kept that a sovereign path is incomplete: no file has this path, so that the fingerprint of the path itself stays known. */
    static String incompletePath(String declared) {
        return declared + INCOMPLETE;
    }

    /** The sovereign path that something is kept of. */
    static String declaredPath(String incomplete) {
        return incomplete.substring(0, incomplete.length() - INCOMPLETE.length());
    }

    static KnownFile of(String path, boolean isDeclared, @Nullable Fingerprint fingerprint) {
        return new KnownFile(path, isDeclared, fingerprint, null, null);
    }

    /** Whether something is what an authorized change is about to make of the file. */
    boolean isExpecting(@Nullable Fingerprint found) {
        return expected != null && Fingerprint.of(expected).equals(found);
    }

    /** The same as something else was found there. */
    KnownFile with(@Nullable Fingerprint found) {
        return new KnownFile(path, isDeclared, found, expected, unreported);
    }

    /** The same while a change to a content is under way; null when there is none any more. */
    KnownFile expecting(@Nullable String sha256) {
        return new KnownFile(path, isDeclared, fingerprint, sha256, unreported);
    }

    /** The same while a drift is about to be told. */
    KnownFile telling(PendingDrift drift) {
        return new KnownFile(path, isDeclared, fingerprint, expected, drift);
    }

    /** The same when a drift is on the ledger. */
    KnownFile told(PendingDrift drift) {
        return new KnownFile(path, isDeclared, drift.after(), expected, null);
    }
}
