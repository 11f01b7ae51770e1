package dev.agenttower.client.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A change request as stored by the daemon.
 *
 * @param id such as {@code scr_20260220_150000_001}
 * @param submittedAt in UTC, as in {@code 2026-02-20T21:13:15.067233Z}
 * @param changeType {@code patch}, {@code append}, {@code json_merge} or {@code full_replace}; possibly one unknown to this version
 * @param proposal the proposal, or null for a type unknown to this version
 * @param status {@code pending}, {@code authorized}, {@code rejected}, {@code withdrawn}; {@code external} if the decision in the file was
 *     not made by the daemon
 * @param decidedBy the decider, or null while undecided
 * @param decidedAt the time of the decision, or null
 * @param rejectionReason the reason of a rejection, or null
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
    /** Whether it is undecided. */
    public boolean isPending() {
        return status.equals("pending");
    }
}
