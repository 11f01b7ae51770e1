package dev.agenttower.core.governance.policy;

/**
 * A problem of a governance file of a project.
 *
 * @param file the file, relative to the root
 * @param problem the problem, in one line
 */
public record PolicyProblem(String file, String problem) {
    /** The file and the problem as one sentence. */
    public String sentence() {
        return file + ": " + problem;
    }
}
