package dev.agenttower.core.queue.message;

import dev.agenttower.core.failure.RefusedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sender asks for beside the text.
 *
 * @param when when the message may be typed; null for what is set for all
 * @param digest whether it may be typed as one prompt with others that wait
 * @param command whether it is meant as a command of the client, which shows no prompt for it
 */
public record SendOptions(@Nullable When when, boolean digest, boolean command) {
    /** Nothing is asked for. */
    public static final SendOptions NONE = new SendOptions(null, false, false);

    /** When a message may be typed. */
    public enum When {
        /** When the agent waits for a prompt. */
        IDLE,
        /** Also while it is in a turn, which the message then joins; before messages that wait for the end of the turn. */
        NOW;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The time of this stored and transmitted name. */
        public static Optional<When> parse(String wire) {
            return Arrays.stream(values())
                    .filter(when -> when.wire.equals(wire))
                    .findFirst();
        }

        /** The name in the store and on the wire. */
        public String wire() {
            return wire;
        }
    }

    /**
     * Options.
     *
     * @throws RefusedException {@code VALIDATION_FAILED} for a digest that is to be typed now, or with a command
     */
    public SendOptions {
        if (digest && (when == When.NOW || command)) {
            throw RefusedException.invalid("digest", "a digest waits until the agent is idle, and holds no command");
        }
    }

    /** Whether it is typed before those that wait for the end of a turn. */
    public boolean isNow() {
        return when == When.NOW;
    }

    /** Whether it may be typed while the agent is in a turn, where {@code byDefault} is set for all. */
    public boolean joinsTurn(boolean byDefault) {
        return when == null ? byDefault && !digest : isNow();
    }
}
