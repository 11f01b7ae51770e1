package dev.agenttower.core.governance.ledger;

import java.util.List;

/**
 * Whether a ledger is whole.
 *
 * @param valid whether nothing is wrong
 * @param errors what is wrong, by line; at most 10,000 of it
 * @param events the number of events that could be read
 * @param faults the number of errors, also of those that are not listed
 * @param firstBadLine the number of the first line with an error, from 1; 0 when there is none
 */
public record Integrity(boolean valid, List<String> errors, long events, long faults, long firstBadLine) {
    /** Copies the errors. */
    public Integrity {
        errors = List.copyOf(errors);
    }

    /** There is no ledger. */
    public static Integrity missing() {
        return new Integrity(false, List.of("ADS file not found"), 0, 1, 0);
    }
}
