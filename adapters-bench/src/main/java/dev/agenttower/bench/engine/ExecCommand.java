package dev.agenttower.bench.engine;

import dev.agenttower.core.container.ContainerId;
import java.util.List;

/**
 * A program to run inside a container, without a shell, in the C.UTF-8 locale.
 *
 * @param user the user to run as: a name or a numeric id
 * @param arguments the program and its arguments
 */
public record ExecCommand(ContainerId container, String user, List<String> arguments) {
    /** Copies the arguments. */
    public ExecCommand {
        arguments = List.copyOf(arguments);
    }
}
