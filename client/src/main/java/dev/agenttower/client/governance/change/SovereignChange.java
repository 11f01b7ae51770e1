package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A change request as the daemon keeps it.
 *
 * @param id such as {@code scr_20260220_150000_001}
 * @param submittedAt in UTC, as in {@code 2026-02-20T21:13:15.067233Z}
 * @param changeType {@code patch}, {@code append}, {@code json_merge} or {@code full_replace}; also one that this build does not know
 * @param proposal what is proposed, or null where it is of no type that this build knows
 * @param status {@code pending}, {@code authorized}, {@code rejected}, {@code withdrawn}; {@code external} where something else than the
 *     daemon decided, whatever it says it decided
 * @param decidedBy who decided, or null while nobody did
 * @param decidedAt when, or null
 * @param rejectionReason why it was rejected, or null
 */
public record SovereignChange(
        String id,
        String submittedAt,
        String agent,
        String role,
        @Nullable String specRef,
        @Nullable String intentId,
        String targetPath,
        String changeType,
        @Nullable Proposal proposal,
        String description,
        String status,
        @Nullable String decidedBy,
        @Nullable String decidedAt,
        @Nullable String rejectionReason,
        boolean wasEdited,
        JsonNode json) {
    /** Whether it waits for a decision. */
    public boolean isPending() {
        return status.equals("pending");
    }
}
