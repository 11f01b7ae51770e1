package dev.agenttower.client.governance.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Whether a ledger is whole.
 *
 * @param errors what is wrong, by line
 * @param events how many there are
 * @param faults how many errors there are, also those that are not listed
 * @param firstBadLine from 1; 0 when there is none
 */
public record LedgerCheck(
        boolean valid, List<String> errors, long events, long faults, long firstBadLine, JsonNode json) {
    /** Copies the errors. */
    public LedgerCheck {
        errors = List.copyOf(errors);
    }
}
