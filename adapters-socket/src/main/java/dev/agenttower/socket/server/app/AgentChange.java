package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of an agent; null is not given.
 *
 * @param fields the names of what is given, in the order of the other components
 */
record AgentChange(
        @Nullable Role role,
        @Nullable Capability capability,
        @Nullable String label,
        @Nullable String projectPath,
        List<String> fields) {

    static AgentChange read(AppParams params) {
        Role role = role(params);
        Capability capability = capability(params);
        String label = params.has("label")
                ? AgentFields.ruled("label", AgentFields.trimmedLabel(params), AgentRules::label)
                : null;
        String projectPath = projectPath(params);
        List<String> fields = Stream.of("role", "capability", "label", "project_path")
                .filter(params::has)
                .toList();
        return new AgentChange(role, capability, label, projectPath, fields);
    }

    private static @Nullable Role role(AppParams params) {
        if (!params.has("role")) {
            return null;
        }
        String name =
                notCleared(params, "role", "field is not clearable; provide a valid value from the role closed set");
        return Role.parse(name).orElseThrow(() -> invalid("role", "not in role closed set"));
    }

    private static @Nullable Capability capability(AppParams params) {
        if (!params.has("capability")) {
            return null;
        }
        String name = notCleared(params, "capability", "field is not clearable; provide a non-empty value");
        return AgentFields.ruled("capability", name, AgentRules::capability);
    }

    private static String notCleared(AppParams params, String field, String reason) {
        JsonNode value = params.get(field);
        if (value == null || !value.isTextual()) {
            throw invalid(field, "wrong type");
        }
        if (value.textValue().isEmpty()) {
            throw invalid(field, reason);
        }
        return value.textValue();
    }

    private static @Nullable String projectPath(AppParams params) {
        if (!params.has("project_path")) {
            return null;
        }
        String path = params.optionalText("project_path");
        return path == null ? "" : AgentFields.ruled("project_path", path, AgentRules::projectPath);
    }
}
