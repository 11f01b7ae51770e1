package dev.agenttower.core.governance.drift;

import org.jspecify.annotations.Nullable;

/**
 * Identifies the content and the kind of a file. A file that does not exist has none.
 *
 * @param sha256 the SHA-256 of its content; null where it could not be read
 * @param note what is unusual about it, such as {@code a link to /tmp/x}; null for a plain file
 */
public record Fingerprint(@Nullable String sha256, @Nullable String note) {
    /** Marks a directory with more files than are checked. */
    public static final Fingerprint OVERFULL = new Fingerprint(null, "a folder with more files than are looked at");

    /** Marks a path that could never be read since it became sovereign. */
    public static final Fingerprint UNSEEN = new Fingerprint(null, "never looked at");

    private static final String INCOMPLETE = "not looked at: ";

    /** Checks that the content or the note is given. */
    public Fingerprint {
        if (sha256 == null && note == null) {
            throw new IllegalArgumentException("a fingerprint without content and note");
        }
    }

    /** The fingerprint of a plain file. */
    public static Fingerprint of(String sha256) {
        return new Fingerprint(sha256, null);
    }

    /** Marks a sovereign path with an unreadable part. */
    static Fingerprint incomplete(String part) {
        return new Fingerprint(null, INCOMPLETE + part);
    }

    /** The unreadable part; null unless the fingerprint was made by {@link #incomplete}. */
    static @Nullable String unseenPart(@Nullable Fingerprint fingerprint) {
        String note = noteOf(fingerprint);
        return note != null && note.startsWith(INCOMPLETE) ? note.substring(INCOMPLETE.length()) : null;
    }

    /** The fingerprint of these values; null if both are null. */
    public static @Nullable Fingerprint ofNullable(@Nullable String sha256, @Nullable String note) {
        return sha256 == null && note == null ? null : new Fingerprint(sha256, note);
    }

    /** The content hash of a fingerprint, or null. */
    public static @Nullable String contentOf(@Nullable Fingerprint fingerprint) {
        return fingerprint == null ? null : fingerprint.sha256();
    }

    /** The note of a fingerprint, or null. */
    public static @Nullable String noteOf(@Nullable Fingerprint fingerprint) {
        return fingerprint == null ? null : fingerprint.note();
    }
}
