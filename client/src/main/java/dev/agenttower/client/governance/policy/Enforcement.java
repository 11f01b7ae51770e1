package dev.agenttower.client.governance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import java.util.List;

/**
 * The enforced rules of a project, and recent denials.
 *
 * @param mode {@code development} or {@code production}
 * @param sovereign the paths that change only with a human's authorization
 * @param constitutional the paths of the second tier; empty except for the framework itself
 * @param recentDenials the last ten, oldest first
 */
public record Enforcement(
        String mode,
        String status,
        List<String> sovereign,
        List<String> constitutional,
        List<LedgerEntry> recentDenials,
        JsonNode json) {
    /** Copies the lists. */
    public Enforcement {
        sovereign = List.copyOf(sovereign);
        constitutional = List.copyOf(constitutional);
        recentDenials = List.copyOf(recentDenials);
    }
}
