package dev.agenttower.core.settings;

import java.util.List;
import java.util.Locale;

/**
 * Selects bench containers: those whose name contains one of the needles, compared under full Unicode case folding.
 *
 * @param needles one to 32 non-blank strings, stripped
 */
public record ContainerRule(List<String> needles) {
    /** The default rule: names that contain {@code bench}. */
    public static final ContainerRule DEFAULT = new ContainerRule(List.of("bench"));

    /** Copies the needles. */
    public ContainerRule {
        needles = List.copyOf(needles);
        if (needles.isEmpty()) {
            throw new IllegalArgumentException("needles are empty");
        }
    }

    /** Whether a container of this name is a bench. */
    public boolean matches(String name) {
        String folded = fold(name);
        return needles.stream().anyMatch(needle -> folded.contains(fold(needle)));
    }

    // The JDK has no case folding. Through lower, upper and lower case "ẞ", "ß" and "SS" meet at "ss"; lower-casing a
    // sigma depends on
    // what follows it, so both forms are made one.
    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
    }
}
