package dev.agenttower.http.hook;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.BodyText;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a hook gets before a tool call; all three clients name these keys alike.
 *
 * @param tool the name of the tool
 * @param arguments the arguments of the call
 */
record ToolInput(String tool, Map<?, ?> arguments) {
    /**
     * Reads the input of a hook.
     *
     * @throws RefusedException INVALID, if it names no tool or has no arguments
     */
    static ToolInput of(Map<String, ? extends @Nullable Object> input) {
        @Nullable String tool = BodyText.of(input, "tool_name");
        if (tool == null || tool.isEmpty()) {
            throw RefusedException.invalid("tool_name is missing");
        }
        if (!(input.get("tool_input") instanceof Map<?, ?> arguments)) {
            throw RefusedException.invalid("tool_input must be an object");
        }
        return new ToolInput(tool, arguments);
    }

    /**
     * A text among the arguments.
     *
     * @throws RefusedException INVALID, if there is none
     */
    String text(String key) {
        return found(key).orElseThrow(() -> RefusedException.invalid("tool_input." + key + " must be a string"));
    }

    Optional<String> found(String key) {
        return arguments.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(arguments.get(key));
    }

    /**
     * The path of the file to change.
     *
     * @throws RefusedException INVALID, if there is none
     */
    String path(String key) {
        String path = text(key);
        if (path.isEmpty()) {
            throw RefusedException.invalid("tool_input." + key + " is empty");
        }
        return path;
    }
}
