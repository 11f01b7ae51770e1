package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeExecution;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.change.proposal.ChangeEvents;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.ChangeStatus;
import dev.agenttower.core.governance.change.proposal.QueuedRequests;
import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.json.JsonText;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes or rejects change requests. Only for callers that passed the human gate. Thread-safe.
 *
 * <p>Authorizing records the change, writes the file, appends the events to the ledger and marks the request in the queue, in this order, while
 * one writer holds the queue. After an interruption {@link ChangeRecovery} finishes or undoes the change; {@link DecisionWrites} does so for a
 * rejection.
 */
public final class ChangeDecision {
    private final ChangeQueue queue;
    private final DecisionWrites writes;
    private final ResultPreviewer previewer;
    private final Ledger ledger;
    private final InstantSource clock;
    private final ChangeExecution execution;
    private final ChangeRecovery recovery;
    private final ChangeOutcomes outcomes;

    /**
     * Decisions about one queue.
     *
     * @param outcomes is told of each decision
     */
    public ChangeDecision(
            ChangeQueue queue,
            DecisionWrites writes,
            PolicySource policy,
            ProjectFiles files,
            ChangeApplication application,
            JsonText json,
            Ledger ledger,
            InstantSource clock,
            ChangeOutcomes outcomes) {
        this.queue = queue;
        this.writes = writes;
        this.previewer = new ResultPreviewer(policy, files, json);
        this.ledger = ledger;
        this.clock = clock;
        this.outcomes = outcomes;
        this.execution = new ChangeExecution(application, ledger);
        this.recovery = new ChangeRecovery(queue, application, files, ledger);
    }

    /**
     * Applies a pending change.
     *
     * @return the authorized request
     * @throws RefusedException NOT_FOUND, if there is no such request; INVALID, if it is not pending; CONFLICT, if the file or the result
     *     differs from the one the human saw, or a full replacement was proposed for a different content of the file; FAILED, if the change does
     *     not apply
     */
    public ChangeRequest authorize(AuthorizeChange command) {
        return queue.exclusively(writing -> {
            settle(writing);
            ChangeRequest pending = QueuedRequests.find(writing.requests(), command.id());
            ChangeRequest edited = ResultPreviewer.edited(pending, command.edits());
            PreviewedResult preview = previewer.preview(edited);
            compare(command, edited, preview);
            PreviewedResult.Content result = preview.result();
            if (result == null) {
                throw ChangeExecution.failed(preview.problem());
            }
            ChangeRequest decided = authorized(edited, result.sha256());
            ChangeIntent intent = new ChangeIntent(decided, preview.currentSha256(), result.sha256(), ledger.end());
            outcomes.deciding(decided.id());
            execution.carryOut(intent, result.bytes());
            writing.save(QueuedRequests.replaced(writing.requests(), decided));
            execution.settle(intent);
            return decided;
        });
    }

    /**
     * Rejects a pending change.
     *
     * @throws RefusedException NOT_FOUND, if there is no such request; INVALID, if it is not pending or the reason is too long
     */
    public ChangeRequest reject(String id, String reason) {
        Limits.check("reason", reason, Limits.TEXT);
        return queue.exclusively(writing -> {
            settle(writing);
            Map<String, @Nullable Object> values = decided(ChangeStatus.REJECTED);
            values.put("rejection_reason", reason);
            ChangeRequest rejected = QueuedRequests.find(writing.requests(), id).with(values);
            outcomes.deciding(id);
            writes.write(writing, rejected, ChangeEvents.rejected(rejected, reason));
            return rejected;
        });
    }

    private void settle(ChangeQueue.Writing writing) {
        recovery.settleAll(writing);
        writes.settle(writing);
    }

    private static void compare(AuthorizeChange command, ChangeRequest request, PreviewedResult preview) {
        String current = preview.currentSha256();
        boolean isWhole = request.changeType().equals("full_replace");
        boolean sawCurrent =
                command.expectedSha256() != null && command.expectedSha256().equals(current);
        if (command.expectedSha256() != null && !sawCurrent) {
            throw conflict(request, command.expectedSha256(), current);
        }
        boolean isRebased = !command.edits().isEmpty() && sawCurrent;
        boolean isAsSubmitted = request.knowsTarget() ? Objects.equals(request.targetSha256(), current) : sawCurrent;
        if (isWhole && !isAsSubmitted && !isRebased) {
            throw conflict(request, request.targetSha256(), current);
        }
        if (command.expectedResultSha256() != null
                && preview.resultSha256() != null
                && !command.expectedResultSha256().equals(preview.resultSha256())) {
            throw new RefusedException(
                    ErrorCode.CONFLICT,
                    "The result would not be the one that was shown; look at the change again",
                    Map.of("result_sha256", preview.resultSha256()));
        }
    }

    private static RefusedException conflict(
            ChangeRequest request, @Nullable String expected, @Nullable String current) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("expected_sha256", expected);
        details.put("current_sha256", current);
        return new RefusedException(
                ErrorCode.CONFLICT, request.targetPath() + " has changed since; look at the change again", details);
    }

    private ChangeRequest authorized(ChangeRequest request, String sha256) {
        Map<String, @Nullable Object> values = decided(ChangeStatus.AUTHORIZED);
        values.put("applied_sha256", sha256);
        return request.with(values);
    }

    private Map<String, @Nullable Object> decided(ChangeStatus status) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("status", status.wire());
        values.put("authorized_by", Actors.HUMAN);
        values.put("authorized_at", RecordTimestamps.iso(clock.instant()));
        return values;
    }
}
