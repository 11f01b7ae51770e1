package dev.agenttower.core.agent;

import static dev.agenttower.core.failure.RefusedException.invalid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New values of several fields of an agent, in their stored form; null is not given. */
public record AgentUpdate(
        @Nullable Role role,
        @Nullable Capability capability,
        @Nullable String label,
        @Nullable String projectPath) {
    /**
     * Cleans label and project path.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code FIELD_TOO_LONG}, {@code VALUE_OUT_OF_SET} for a label that names somebody
     *     else, or {@code PROJECT_PATH_INVALID}
     */
    public AgentUpdate {
        label = label == null ? null : AgentRules.label(label);
        projectPath = projectPath == null ? null : AgentRules.projectPath(projectPath);
    }

    /**
     * An update requested by a control panel; null is not given, and an empty label or project path clears it.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALIDATION_FAILED} for an empty or unknown role, an empty capability, and a
     *     label with a line break or of more than 256 code points, {@code VALUE_OUT_OF_SET} for an unknown capability, and as the constructor
     *     does
     */
    public static AgentUpdate of(
            @Nullable String role, @Nullable String capability, @Nullable String label, @Nullable String projectPath) {
        return new AgentUpdate(
                role == null ? null : role(role),
                capability == null ? null : capability(capability),
                label == null ? null : AgentRules.trimmedLabel(label),
                projectPath);
    }

    private static Role role(String name) {
        if (name.isEmpty()) {
            throw invalid("role", "field is not clearable; provide a valid value from the role closed set");
        }
        return Role.parse(name).orElseThrow(() -> invalid("role", "not in role closed set"));
    }

    private static Capability capability(String name) {
        if (name.isEmpty()) {
            throw invalid("capability", "field is not clearable; provide a non-empty value");
        }
        return AgentRules.capability(name);
    }

    /** The names of the fields that are given. */
    public List<String> fields() {
        List<String> fields = new ArrayList<>();
        addIf(role != null, fields, "role");
        addIf(capability != null, fields, "capability");
        addIf(label != null, fields, "label");
        addIf(projectPath != null, fields, "project_path");
        return fields;
    }

    private static void addIf(boolean given, List<String> fields, String name) {
        if (given) {
            fields.add(name);
        }
    }
}
