package dev.agenttower.core.event;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A rule of the classifier.
 *
 * @param id such as {@code error.line.v1}
 * @param priority the rule with the lowest number that finds its pattern decides
 * @param pattern whether a record holds what the rule looks for; must take time in proportion to the record, and be thread-safe
 */
public record EventRule(String id, EventType type, int priority, Predicate<String> pattern) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)?\\.v[0-9]+");

    /**
     * Checks the id and the type.
     *
     * @throws IllegalArgumentException for a malformed id, or a type that is not found in text
     */
    public EventRule {
        if (!ID.matcher(id).matches() || !type.isOfText()) {
            throw new IllegalArgumentException("rule " + id + " of type " + type);
        }
    }
}
