package dev.agenttower.core.governance;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.text.Unseen;
import org.jspecify.annotations.Nullable;

/**
 * The maximum lengths of request texts, in code points, and their checks; the maximum sizes of stored and processed data. The daemon's heap is
 * sized for these limits, see {@link HeapBudget}.
 */
public final class Limits {
    /** Names of agents, roles, specs, sessions, intents, actions and the like. */
    public static final int NAME = 128;
    /** Paths. */
    public static final int PATH = 4096;
    /** Titles and reasons. */
    public static final int LINE = 500;
    /** Descriptions. */
    public static final int TEXT = 20_000;
    /** Contents of files, and texts to find and insert in them. */
    public static final int CONTENT = 1 << 20;
    /** Bytes of a file that is patched, merged or compared with a proposal. */
    public static final int FILE_BYTES = 2 << 20;
    /** Bytes of all pending change requests of a project. */
    public static final long PENDING_BYTES = 32L << 20;
    /** Bytes of the pending change requests of one role. */
    public static final long PENDING_BYTES_OF_ROLE = 8L << 20;
    /** Bytes of the decided change requests that are kept in the queue. */
    public static final long DECIDED_BYTES = 8L << 20;
    /** The number of decided change requests kept in the queue. */
    public static final int DECIDED = 1000;

    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;

    private Limits() {}

    /**
     * Returns the text unchanged if it is valid.
     *
     * @throws RefusedException INVALID, if it is longer than {@code max}, or holds a NUL
     */
    public static String check(String field, String text, int max) {
        if (text.length() > max && Text.length(text) > max) {
            throw RefusedException.invalid(field + " exceeds " + max + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw RefusedException.invalid(field + " contains a NUL character");
        }
        return text;
    }

    /**
     * A name: one line, not longer than {@link #NAME}, without invisible characters.
     *
     * @throws RefusedException INVALID, if it is too long or holds a control or formatting character
     */
    public static String name(String field, String text) {
        check(field, text, NAME);
        if (text.codePoints().anyMatch(Limits::isUnseen)) {
            throw RefusedException.invalid(field + " contains a control character");
        }
        return text;
    }

    /** Emoji variation selectors are allowed, because many emoji contain them. */
    private static boolean isUnseen(int codePoint) {
        return Unseen.is(codePoint) && codePoint != TEXT_STYLE && codePoint != EMOJI_STYLE;
    }

    /** {@link #name(String, String)}, or null for null. */
    public static @Nullable String optionalName(String field, @Nullable String text) {
        return text == null ? null : name(field, text);
    }
}
