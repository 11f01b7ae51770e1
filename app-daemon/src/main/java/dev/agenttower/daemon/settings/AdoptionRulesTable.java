package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.agent.AdoptionRule;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.LabelPattern;
import dev.agenttower.core.agent.NamePattern;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Validates and reads {@code [[adoption.rules]]}: which panes become agents without a hand. */
final class AdoptionRulesTable {
    private static final Set<String> KEYS = Set.of("container", "session", "role", "capability", "label", "attach_log");
    private static final int MAX_RULES = 100;

    private final JsonNode rule;
    private final String place;

    private AdoptionRulesTable(JsonNode rule, String place) {
        this.rule = rule;
        this.place = place;
    }

    /**
     * The rules of the table {@code [adoption]}, in the order of the file.
     *
     * @throws InvalidSettingsException if one is invalid; it names the number and the key
     */
    static List<AdoptionRule> rules(TomlTable adoption) {
        adoption.keys().forEachRemaining(key -> {
            if (!key.equals("rules")) {
                throw TomlTable.invalid("[adoption] unknown key '" + key + "'; rules are [[adoption.rules]]");
            }
        });
        return adoption.find("rules").map(AdoptionRulesTable::rules).orElse(List.of());
    }

    private static List<AdoptionRule> rules(JsonNode rules) {
        if (!rules.isArray()) {
            throw TomlTable.invalid(
                    "[adoption] rules must be an array of tables; got " + TomlTable.shownWithType(rules));
        }
        if (rules.size() > MAX_RULES) {
            throw TomlTable.invalid("[[adoption.rules]] has %d rules; max is %d".formatted(rules.size(), MAX_RULES));
        }
        List<AdoptionRule> read = new ArrayList<>();
        for (JsonNode rule : rules) {
            read.add(new AdoptionRulesTable(rule, "[[adoption.rules]] number " + (read.size() + 1)).read());
        }
        return read;
    }

    private AdoptionRule read() {
        if (!rule.isObject()) {
            throw invalid("must be a table", rule);
        }
        for (var field : rule.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw invalid("unknown key '" + field.getKey() + "'", null);
            }
        }
        NamePattern container = value("container", NamePattern::new);
        NamePattern session = value("session", NamePattern::new);
        if (container == null && session == null) {
            throw invalid("needs a container or a session", null);
        }
        Role role = value("role", AgentRules::role);
        Capability capability = value("capability", AgentRules::capability);
        LabelPattern label = value("label", LabelPattern::new);
        boolean attachLog = attachLog();
        try {
            return new AdoptionRule(
                    place,
                    container,
                    session,
                    role == null ? Role.UNKNOWN : role,
                    capability == null ? Capability.UNKNOWN : capability,
                    label == null ? new LabelPattern("") : label,
                    attachLog);
        } catch (IllegalArgumentException e) {
            throw invalid("role: " + e.getMessage(), null);
        }
    }

    private <T> @Nullable T value(String key, Function<String, T> reader) {
        JsonNode value = rule.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(key + " must be a string", value);
        }
        try {
            return reader.apply(value.textValue());
        } catch (RefusedException e) {
            throw invalid(String.valueOf(e.getMessage()), null);
        } catch (IllegalArgumentException e) {
            throw invalid(key + " " + e.getMessage(), value);
        }
    }

    private boolean attachLog() {
        JsonNode value = rule.get("attach_log");
        if (value != null && !value.isBoolean()) {
            throw invalid("attach_log must be true or false", value);
        }
        return value != null && value.booleanValue();
    }

    private InvalidSettingsException invalid(String problem, @Nullable JsonNode value) {
        return TomlTable.invalid(place + " " + problem + (value == null ? "" : "; got " + TomlTable.shown(value)));
    }
}
