package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.agenttower.core.event.EventRule;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Validates and reads {@code [[events.rules]]}: the user's own rules of the classifier. Their patterns are those of RE2, which match in time
 * proportional to the text, whatever they are.
 */
final class EventRulesTable {
    private static final Set<String> KEYS = Set.of("name", "type", "priority", "pattern");
    private static final int MAX_RULES = 100;
    private static final int MAX_PATTERN = 1024;
    /** The time for a character grows with the steps of the compiled pattern. */
    private static final int MAX_STEPS = 4000;
    /** The fallback takes every record. */
    private static final int MAX_PRIORITY = 998;

    private final JsonNode rule;
    private final String place;

    private EventRulesTable(JsonNode rule, String place) {
        this.rule = rule;
        this.place = place;
    }

    /**
     * The rules, in the order of the file.
     *
     * @throws InvalidSettingsException if one breaks a rule; it names the number and the key
     */
    static List<EventRule> rules(JsonNode rules) {
        if (!rules.isArray() || !allObjects(rules)) {
            throw TomlTable.invalid("[events] rules must be an array of tables; got " + TomlTable.shownWithType(rules));
        }
        if (rules.size() > MAX_RULES) {
            throw TomlTable.invalid("[[events.rules]] has %d rules; max is %d".formatted(rules.size(), MAX_RULES));
        }
        List<EventRule> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            String place = "[[events.rules]] number " + (i + 1);
            EventRule rule = new EventRulesTable(rules.get(i), place).read();
            if (!ids.add(rule.id())) {
                throw TomlTable.invalid(place + " name is taken by an earlier rule");
            }
            read.add(rule);
        }
        return read;
    }

    private static boolean allObjects(JsonNode rules) {
        for (JsonNode rule : rules) {
            if (!rule.isObject()) {
                return false;
            }
        }
        return true;
    }

    private EventRule read() {
        for (var field : rule.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw invalid("unknown key '" + field.getKey() + "'", null);
            }
        }
        String name = text("name");
        if (!name.matches("[a-z0-9_]{1,64}")) {
            throw invalid("name must be 1 to 64 lower-case letters, digits or underscores", rule.get("name"));
        }
        return new EventRule("own." + name + ".v1", type(), priority(), pattern()::matches);
    }

    private EventType type() {
        return EventType.parse(text("type"))
                .filter(EventType::isOfText)
                .orElseThrow(() -> invalid(
                        "type must be one of "
                                + Arrays.stream(EventType.values())
                                        .filter(EventType::isOfText)
                                        .map(EventType::wire)
                                        .collect(Collectors.joining(", ")),
                        rule.get("type")));
    }

    private int priority() {
        JsonNode value = rule.get("priority");
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw invalid("priority must be an integer", value);
        }
        if (value.intValue() < 1 || value.intValue() > MAX_PRIORITY) {
            throw invalid("priority must be 1 to " + MAX_PRIORITY, value);
        }
        return value.intValue();
    }

    private RecordPattern pattern() {
        String pattern = text("pattern");
        if (pattern.isEmpty() || pattern.length() > MAX_PATTERN) {
            throw invalid("pattern must have 1 to " + MAX_PATTERN + " characters", null);
        }
        if (Repetitions.of(pattern) > Repetitions.MOST) {
            throw invalid("pattern repeats a part more than " + Repetitions.MOST + " times", rule.get("pattern"));
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > MAX_STEPS) {
                throw invalid("pattern is too large: " + compiled.programSize() + " steps; max is " + MAX_STEPS, null);
            }
            return new RecordPattern(compiled);
        } catch (PatternSyntaxException e) {
            throw invalid(
                    "pattern is none of RE2: " + e.getDescription() + " at `" + e.getPattern() + "`",
                    rule.get("pattern"));
        }
    }

    private String text(String key) {
        JsonNode value = rule.get(key);
        if (value == null || !value.isTextual()) {
            throw invalid(key + " must be a string", value);
        }
        return value.textValue();
    }

    private InvalidSettingsException invalid(String problem, @Nullable JsonNode value) {
        return TomlTable.invalid(place + " " + problem + (value == null ? "" : "; got " + TomlTable.shown(value)));
    }

    private record RecordPattern(Pattern pattern) {
        boolean matches(String record) {
            return pattern.matcher(record).find();
        }
    }
}
