package dev.agenttower.client.governance.policy;

/**
 * A policy file that cannot be used, so that everything it would allow is denied.
 *
 * @param file such as {@code config/specs.json}
 */
public record PolicyFileProblem(String file, String problem) {}
