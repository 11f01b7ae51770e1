package dev.agenttower.core.governance.registry;

/**
 * The sizes of a project.
 *
 * @param specs the number of specs in its policy
 * @param tasks the number of its tasks; 0 where they cannot be read
 * @param ledgerLines the number of lines of its ledger
 */
public record ProjectFigures(int specs, int tasks, long ledgerLines) {}
