package dev.agenttower.core.governance.ledger;

import java.util.List;

/**
 * The result of checking the chain of a ledger.
 *
 * @param valid whether there is no error
 * @param errors the errors by line, at most 10,000
 * @param events the number of events that could be read
 * @param faults the number of all errors, listed or not
 * @param firstBadLine the number of the first line with an error, from 1; 0 when there is none
 */
public record Integrity(boolean valid, List<String> errors, long events, long faults, long firstBadLine) {
    /** Copies the errors. */
    public Integrity {
        errors = List.copyOf(errors);
    }

    /** The result for a missing ledger. */
    public static Integrity missing() {
        return new Integrity(false, List.of("ADS file not found"), 0, 1, 0);
    }
}
