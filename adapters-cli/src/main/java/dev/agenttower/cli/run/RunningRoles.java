package dev.agenttower.cli.run;

import java.util.List;

/** The roles of programs that {@code agenttower run} started, as the programs were told them. */
public final class RunningRoles {
    private RunningRoles() {}

    /** The labels of the running programs of a role in their project. */
    public static List<String> labels(String role) {
        return RunningPrograms.list().programs().stream()
                .filter(program -> role.equals(program.environment().get("ADT_ROLE")))
                .map(RunningPrograms.Running::label)
                .distinct()
                .toList();
    }
}
