package dev.agenttower.core.agent;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The id of an agent. New ids are {@code agt_} and twelve lower-case hex digits; stored ids of another form are kept as they are.
 *
 * @param value the id
 */
public record AgentId(String value) {
    private static final Pattern SHAPE = Pattern.compile("agt_[0-9a-f]{12}");

    /** Checks that there is a value. */
    public AgentId {
        requireNonNull(value, "value");
    }

    /** Whether {@code text} has the form of a new id. */
    public static boolean isWellFormed(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
