package dev.agenttower.core.governance;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.text.Unseen;
import org.jspecify.annotations.Nullable;

/**
 * How long the texts of a request may be, in code points, and how a longer one is refused; how large what is kept and worked on may be. The daemon's
 * heap is made for these numbers, see {@link HeapBudget}.
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
    /** Contents of files, and what is to be found and put in them. */
    public static final int CONTENT = 1 << 20;
    /** Bytes of a file that is patched, merged or compared with what is proposed for it. */
    public static final int FILE_BYTES = 2 << 20;
    /** Bytes of all change requests of a project that wait for a decision. */
    public static final long PENDING_BYTES = 32L << 20;
    /** Bytes of the change requests of one role that wait for a decision. */
    public static final long PENDING_BYTES_OF_ROLE = 8L << 20;
    /** Bytes of the decided change requests that are kept in the queue. */
    public static final long DECIDED_BYTES = 8L << 20;
    /** How many decided change requests are kept in the queue. */
    public static final int DECIDED = 1000;

    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;

    private Limits() {}

    /**
     * The text itself.
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
     * A name: one line, not longer than {@link #NAME}, in which nothing is that a reader does not see.
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

    /** The selectors of a style of emoji are let in: they are part of how many are typed. */
    private static boolean isUnseen(int codePoint) {
        return Unseen.is(codePoint) && codePoint != TEXT_STYLE && codePoint != EMOJI_STYLE;
    }

    /** {@link #name(String, String)}, or null for null. */
    public static @Nullable String optionalName(String field, @Nullable String text) {
        return text == null ? null : name(field, text);
    }
}
