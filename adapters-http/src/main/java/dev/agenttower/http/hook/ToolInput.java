package dev.agenttower.http.hook;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.shell.ShellEffects;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a hook gets before a tool call; all three clients name these keys alike.
 *
 * @param tool the name of the tool
 * @param arguments the arguments of the call
 */
record ToolInput(String tool, Map<?, ?> arguments) {
    /** The largest number of paths of a call that reads; further ones are not looked at. */
    static final int MAX_READS = 1000;

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

    /** The call as one that changes a file. */
    ToolCall change(FileEdit edit) {
        return new ToolCall(tool, List.of(edit));
    }

    /**
     * The call as one that runs the command of the argument {@code key}, if there is one.
     *
     * @param folder the folder in which it is run; empty for that of the call
     */
    ToolCall command(String key, String folder) {
        return ShellEffects.of(found(key).orElse(""), folder).asCallOf(tool);
    }

    /** The call as one that only reads the paths of these arguments, each a text or a list of texts. */
    ToolCall reading(String... keys) {
        List<String> paths = Arrays.stream(keys)
                .flatMap(key -> arguments.get(key) instanceof List<?> several
                        ? several.stream()
                        : Stream.ofNullable(arguments.get(key)))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(path -> !path.isEmpty())
                .limit(MAX_READS)
                .toList();
        return ToolCall.reading(tool, paths);
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
