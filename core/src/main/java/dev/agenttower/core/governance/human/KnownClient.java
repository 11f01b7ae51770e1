package dev.agenttower.core.governance.human;

import java.util.Set;

/**
 * A client of agents, and the signs of its processes.
 *
 * @param title its name for people
 * @param programs the names of the files of its programs, which may be scripts of an interpreter
 * @param folders parts of the paths of such scripts, such as {@code /@openai/codex/}
 * @param variables environment variables that its commands inherit
 */
public record KnownClient(String title, Set<String> programs, Set<String> folders, Set<String> variables) {
    /** Copies the sets. */
    public KnownClient {
        programs = Set.copyOf(programs);
        folders = Set.copyOf(folders);
        variables = Set.copyOf(variables);
    }
}
