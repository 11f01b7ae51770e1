package dev.agenttower.client.governance.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The result of a ledger verification.
 *
 * @param errors the errors, by line
 * @param events the number of events
 * @param faults the number of errors, including those not listed
 * @param firstBadLine from 1; 0 if there is none
 */
public record LedgerCheck(
        boolean valid, List<String> errors, long events, long faults, long firstBadLine, JsonNode json) {
    /** Copies the errors. */
    public LedgerCheck {
        errors = List.copyOf(errors);
    }
}
