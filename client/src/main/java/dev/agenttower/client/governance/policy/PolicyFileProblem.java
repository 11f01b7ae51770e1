package dev.agenttower.client.governance.policy;

/**
 * An unusable policy file; everything that it would allow is denied.
 *
 * @param file such as {@code config/specs.json}
 */
public record PolicyFileProblem(String file, String problem) {}
