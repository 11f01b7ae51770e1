package dev.agenttower.core.governance.policy;

/**
 * What is wrong with a file by which a project is governed, most often one of its policy.
 *
 * @param file the file, relative to the root
 * @param problem what is wrong, in one line
 */
public record PolicyProblem(String file, String problem) {
    /** The file and what is wrong with it, as one sentence. */
    public String sentence() {
        return file + ": " + problem;
    }
}
