package dev.agenttower.core.governance.drift;

import org.jspecify.annotations.Nullable;

/**
 * What tells a file from every other one. A file that does not exist has none.
 *
 * @param sha256 the SHA-256 of its content; null where that could not be read
 * @param note what is out of the ordinary about it, such as {@code a link to /tmp/x}; null for a plain file
 */
public record Fingerprint(@Nullable String sha256, @Nullable String note) {
    /** What is known of a directory below which there is more than is looked at. */
    public static final Fingerprint OVERFULL = new Fingerprint(null, "a folder with more files than are looked at");

    /** What is known of a place that could not be looked at since it became sovereign. */
    public static final Fingerprint UNSEEN = new Fingerprint(null, "never looked at");

    private static final String INCOMPLETE = "not looked at: ";

    /** Checks that it says something. */
    public Fingerprint {
        if (sha256 == null && note == null) {
            throw new IllegalArgumentException("a fingerprint without content and note");
        }
    }

    /** The fingerprint of a plain file. */
    public static Fingerprint of(String sha256) {
        return new Fingerprint(sha256, null);
    }

    /** What is kept of a sovereign path of which a part cannot be looked at. */
    static Fingerprint incomplete(String part) {
        return new Fingerprint(null, INCOMPLETE + part);
    }

    /** The part that cannot be looked at; null unless a fingerprint says that there is one. */
    static @Nullable String unseenPart(@Nullable Fingerprint fingerprint) {
        String note = noteOf(fingerprint);
        return note != null && note.startsWith(INCOMPLETE) ? note.substring(INCOMPLETE.length()) : null;
    }

    /** The fingerprint that says this; null if that is nothing. */
    public static @Nullable Fingerprint ofNullable(@Nullable String sha256, @Nullable String note) {
        return sha256 == null && note == null ? null : new Fingerprint(sha256, note);
    }

    /** The hash of a fingerprint, which may be missing itself. */
    public static @Nullable String contentOf(@Nullable Fingerprint fingerprint) {
        return fingerprint == null ? null : fingerprint.sha256();
    }

    /** The note of a fingerprint, which may be missing itself. */
    public static @Nullable String noteOf(@Nullable Fingerprint fingerprint) {
        return fingerprint == null ? null : fingerprint.note();
    }
}
