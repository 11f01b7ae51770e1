package dev.agenttower.core.agent;

import dev.agenttower.core.text.Text;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of labels. {@code {container}} stands for the name of the container of a pane, {@code {session}} for the name of its session,
 * {@code {window}} and {@code {pane}} for its indexes.
 *
 * @param text at most 256 characters; empty makes no label
 */
public record LabelPattern(String text) {
    private static final int MAX_LENGTH = 256;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");

    /**
     * Checks length and placeholders.
     *
     * @throws IllegalArgumentException if one of them is unknown, or the pattern is too long
     */
    public LabelPattern {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
        }
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            switch (placeholders.group(1)) {
                case "container", "session", "window", "pane" -> {}
                default ->
                    throw new IllegalArgumentException("has the unknown placeholder " + placeholders.group()
                            + "; use {container}, {session}, {window} or {pane}");
            }
        }
    }

    /**
     * The label of a pane, cut to the length of labels. Where it is taken, or names somebody else, a number makes it another one: {@code
     * work}, {@code work-2}, {@code work-3}.
     *
     * @param isTaken whether another active agent has a label
     */
    public String label(AdoptablePane pane, Predicate<String> isTaken) {
        String wanted = PLACEHOLDER
                .matcher(text)
                .replaceAll(placeholder -> Matcher.quoteReplacement(value(placeholder.group(1), pane)));
        return free(Text.singleLine(wanted), isTaken);
    }

    /** The wanted label, cut, or one with a number, as for a pane; empty if none is wanted. */
    public static String free(String wanted, Predicate<String> isTaken) {
        String label = cut(wanted, "");
        String free = label;
        for (int number = 2; !free.isEmpty() && (isTaken.test(free) || AgentRules.namesSomebodyElse(free)); number++) {
            free = cut(label, "-" + number);
        }
        return free;
    }

    private static String value(String placeholder, AdoptablePane pane) {
        return switch (placeholder) {
            case "container" -> pane.containerName();
            case "session" -> pane.pane().sessionName();
            case "window" -> String.valueOf(pane.pane().windowIndex());
            default -> String.valueOf(pane.pane().paneIndex());
        };
    }

    private static String cut(String label, String suffix) {
        int room = AgentRules.MAX_LABEL - suffix.length();
        int length = Math.min(room, label.codePointCount(0, label.length()));
        return label.substring(0, label.offsetByCodePoints(0, length)) + suffix;
    }
}
