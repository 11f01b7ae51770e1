package dev.agenttower.core.governance.registry;

/**
 * How much there is of what a project holds.
 *
 * @param specs the specs of its policy
 * @param tasks its tasks, as far as they can be read
 * @param ledgerLines the lines of its ledger
 */
public record ProjectFigures(int specs, int tasks, long ledgerLines) {}
