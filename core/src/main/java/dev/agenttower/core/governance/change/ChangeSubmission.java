package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.change.proposal.ChangeEvents;
import dev.agenttower.core.governance.change.proposal.ChangeIds;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.ChangeStatus;
import dev.agenttower.core.governance.change.proposal.Proposal;
import dev.agenttower.core.governance.change.proposal.QueuedRequests;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.change.proposal.SubmittedChange;
import dev.agenttower.core.governance.change.proposal.UnfitProposalException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.text.Text;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Submits and withdraws the change requests of agents. Thread-safe. */
public final class ChangeSubmission {
    /** The largest number of pending requests. */
    public static final int MAX_PENDING = 500;

    private final ChangeQueue queue;
    private final DecisionWrites writes;
    private final PolicySource policy;
    private final Intents intents;
    private final ProjectFiles files;
    private final Ledger ledger;
    private final InstantSource clock;

    /** Submission to the queue of one project. */
    public ChangeSubmission(
            ChangeQueue queue,
            DecisionWrites writes,
            PolicySource policy,
            Intents intents,
            ProjectFiles files,
            Ledger ledger,
            InstantSource clock) {
        this.queue = queue;
        this.writes = writes;
        this.policy = policy;
        this.intents = intents;
        this.files = files;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Adds a request to the queue, unless the same role already has an equal request pending.
     *
     * @throws RefusedException INVALID, if the file is not sovereign, the intent unknown or closed, or the proposal malformed; FULL, if
     *     {@link #MAX_PENDING} requests are pending, or if with this request the pending ones exceeded {@link Limits#PENDING_BYTES} in total or
     *     {@link Limits#PENDING_BYTES_OF_ROLE} for the role
     */
    public SubmittedChange submit(SubmitChange change) {
        return submit(change, null, null);
    }

    /**
     * As {@link #submit(SubmitChange)}, for a tool call.
     *
     * @param sessionId the session of the caller, for the ledger; null for none
     * @param tool the tool that was called, for the ledger; null for none
     */
    public SubmittedChange submit(SubmitChange change, @Nullable String sessionId, @Nullable String tool) {
        check(change);
        return queue.exclusively(writing -> {
            writes.settle(writing);
            List<ChangeRequest> requests = writing.requests();
            ChangeRequest request = request(change, requests);
            Optional<ChangeRequest> same = requests.stream()
                    .filter(ChangeRequest::isPending)
                    .filter(request::proposesTheSameAs)
                    .findFirst();
            if (same.isPresent()) {
                return new SubmittedChange(same.get(), false);
            }
            if (requests.stream().filter(ChangeRequest::isPending).count() >= MAX_PENDING) {
                throw new RefusedException(
                        ErrorCode.FULL, MAX_PENDING + " change requests wait for a decision already");
            }
            checkRoom(request, requests);
            EventDraft proposed = ChangeEvents.proposed(request);
            proposed = sessionId == null ? proposed : proposed.with("session_id", sessionId);
            proposed = tool == null ? proposed : proposed.with("tool", Text.singleLine(tool, Limits.NAME));
            writes.add(writing, request, proposed);
            return new SubmittedChange(request, true);
        });
    }

    /**
     * Withdraws a pending request of the given role.
     *
     * @throws RefusedException NOT_FOUND, if there is no such request; INVALID, if it is not pending; FORBIDDEN, if another role proposed it
     */
    public ChangeRequest withdraw(String id, String agent, String role) {
        ReservedEvents.checked(agent);
        return queue.exclusively(writing -> {
            writes.settle(writing);
            ChangeRequest request = QueuedRequests.find(writing.requests(), id);
            if (!request.role().equalsIgnoreCase(role)) {
                throw new RefusedException(
                        ErrorCode.FORBIDDEN, "SCR " + id + " was proposed by " + request.role() + ", not " + role);
            }
            ChangeRequest withdrawn = request.with(Map.of(
                    "status", ChangeStatus.WITHDRAWN.wire(), "withdrawn_at", RecordTimestamps.iso(clock.instant())));
            writes.write(writing, withdrawn, ChangeEvents.withdrawn(withdrawn, agent, role));
            return withdrawn;
        });
    }

    private static void checkRoom(ChangeRequest request, List<ChangeRequest> requests) {
        long all = request.bytes();
        long ofRole = all;
        for (ChangeRequest other : requests) {
            if (other.isPending()) {
                all += other.bytes();
                ofRole += other.role().equals(request.role()) ? other.bytes() : 0;
            }
        }
        if (ofRole > Limits.PENDING_BYTES_OF_ROLE) {
            throw new RefusedException(
                    ErrorCode.FULL,
                    "with this, more than " + Limits.PENDING_BYTES_OF_ROLE + " bytes of change requests of "
                            + request.role() + " would wait for a decision");
        }
        if (all > Limits.PENDING_BYTES) {
            throw new RefusedException(
                    ErrorCode.FULL,
                    "with this, more than " + Limits.PENDING_BYTES
                            + " bytes of change requests would wait for a decision");
        }
    }

    private void check(SubmitChange change) {
        if (!policy.current().protectedPaths().isSovereign(change.targetPath())) {
            throw RefusedException.invalid("Path " + change.targetPath() + " is not a sovereign path");
        }
        String intentId = change.intentId();
        if (intentId != null) {
            String status = intents.status(intentId)
                    .orElseThrow(() -> RefusedException.invalid("Intent " + intentId + " not found"));
            if (Intents.isOver(status)) {
                throw RefusedException.invalid("Intent " + intentId + " is already " + status);
            }
        }
        try {
            Proposal.of(change.changeType(), change.payload());
        } catch (UnfitProposalException e) {
            throw RefusedException.invalid(e.getMessage());
        }
    }

    private ChangeRequest request(SubmitChange change, List<ChangeRequest> queued) {
        Instant now = clock.instant();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", ChangeIds.next(queued, now));
        fields.put("ts", RecordTimestamps.iso(now));
        fields.put("agent", change.agent());
        fields.put("role", policy.current().spelled(change.role()));
        fields.put("spec_ref", change.specRef());
        fields.put("intent_id", change.intentId());
        fields.put("target_path", change.targetPath());
        fields.put("change_type", change.changeType());
        fields.put("description", change.description());
        fields.put("status", ChangeStatus.PENDING.wire());
        fields.put("authorized_by", null);
        fields.put("authorized_at", null);
        fields.putAll(change.payload());
        fields.put("target_sha256", sha256(change.targetPath()));
        fields.put("proposed_after", ledger.end().text());
        return new ChangeRequest(fields);
    }

    private @Nullable String sha256(String path) {
        try {
            ProjectText text = files.read(path);
            return text == null ? null : text.sha256();
        } catch (ProjectFileException e) {
            throw RefusedException.invalid(e.getMessage());
        }
    }
}
