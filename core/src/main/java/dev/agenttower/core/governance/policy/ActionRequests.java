package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.text.Text;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides the actions that agents request, executes the allowed ones unless they are dry runs, and records decision and result on the ledger.
 * Thread-safe.
 *
 * <p>An action is executed only after its pending event is on the ledger.
 */
public final class ActionRequests {
    private final PolicySource policy;
    private final PolicyDecision decision;
    private final ActionExecution execution;
    private final Ledger ledger;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong denials = new AtomicLong();

    /** The requests of one project. */
    public ActionRequests(PolicySource policy, PolicyDecision decision, ProjectFiles files, Ledger ledger) {
        this.policy = policy;
        this.decision = decision;
        this.execution = new ActionExecution(files);
        this.ledger = ledger;
    }

    /**
     * Decides an action and executes it unless it is a dry run.
     *
     * @throws dev.agenttower.core.governance.ledger.LedgerException if the ledger could not be written; an action whose pending event could not
     *     be written was not executed
     */
    public ActionOutcome handle(ActionRequest request) {
        Ruling ruling = ruling(request);
        String reason = ruling.reason();
        if (reason != null) {
            LedgerEvent event = deny(request, ruling);
            return new ActionOutcome(reason, ruling.detail(), ruling.tier(), request.dryRun(), Map.of(), event.id());
        }
        return request.dryRun() ? validated(request, ruling) : executed(request, ruling);
    }

    /**
     * Decides an action that its caller executes itself. A denial is recorded on the ledger; an allowed action is only counted, unless the
     * project wants it {@linkplain PolicySettings#ledgerAllowed recorded}.
     *
     * @throws dev.agenttower.core.governance.ledger.LedgerException if the ledger could not be written
     */
    public Ruling judge(ActionRequest request) {
        Ruling ruling = ruling(request);
        if (!ruling.isAllowed()) {
            deny(request, ruling);
        } else if (settings().ledgerAllowed()) {
            recordAllowed(request, ruling.tier());
        }
        return ruling;
    }

    /** The current settings of the project. */
    public PolicySettings settings() {
        return policy.current().settings();
    }

    /** Whether the project keeps a path from the tools of agents. */
    public boolean isUnreadable(String path) {
        return decision.isUnreadable(policy.current(), path);
    }

    /** Counts a call that needs no decision, and records it on the ledger. */
    public void allow(ActionRequest request) {
        countAllowed();
        recordAllowed(request, 3);
    }

    /** Counts a call that needs no decision. */
    public void countAllowed() {
        requests.incrementAndGet();
    }

    private void recordAllowed(ActionRequest request, int tier) {
        String action = request.normalAction();
        ledger.append(draft(
                request,
                "allowed_" + action,
                "allowed_" + action,
                tier,
                "Allowed " + action + " on " + named(request) + ". Rationale: " + request.rationale()));
    }

    private Ruling ruling(ActionRequest request) {
        requests.incrementAndGet();
        return decision.decide(policy.current(), request);
    }

    private LedgerEvent deny(ActionRequest request, Ruling ruling) {
        denials.incrementAndGet();
        return ledger.append(denial(request, ruling));
    }

    /** Records on the ledger that a request was denied for a reason other than a decision of the policy, such as {@code no_role}. */
    public void deny(ActionRequest request, String reason) {
        countDenial();
        String action = request.normalAction();
        ledger.append(draft(
                        request,
                        "denial_" + action,
                        "denied_" + action,
                        3,
                        "DENIED: " + reason + ". Rationale provided: " + request.rationale())
                .denied());
    }

    /** Counts a request that was denied before it could be decided. */
    public void countDenial() {
        requests.incrementAndGet();
        denials.incrementAndGet();
    }

    /** The number of decided requests. */
    public long total() {
        return requests.get();
    }

    /** The number of denied requests. */
    public long denied() {
        return denials.get();
    }

    private ActionOutcome validated(ActionRequest request, Ruling ruling) {
        String action = request.normalAction();
        EventDraft draft = draft(
                request,
                "dry_run_" + action,
                "dry_run_validated_" + action,
                ruling.tier(),
                "Dry-run validated " + action + " on " + named(request) + ". Rationale: " + request.rationale());
        return new ActionOutcome(
                null, null, ruling.tier(), true, Map.of(), ledger.append(draft).id());
    }

    private ActionOutcome executed(ActionRequest request, Ruling ruling) {
        String action = request.normalAction();
        String type = ruling.tier() == 2 ? "tier2_authorized" : "pending_" + action;
        String on = action + " on " + named(request);
        ledger.append(draft(
                        request,
                        "pending_" + action,
                        type,
                        ruling.tier(),
                        "Requesting " + on + ". Rationale: " + request.rationale())
                .with("status", "pending"));
        Map<String, Object> result = execution.execute(request, ruling.realTarget());
        LedgerEvent completed = ledger.append(draft(
                        request,
                        "completed_" + action,
                        "completed_" + action,
                        ruling.tier(),
                        "Completed " + on + ". Result: " + result.get("status"))
                .with("execution_result", result));
        return new ActionOutcome(null, null, ruling.tier(), false, result, completed.id());
    }

    private static EventDraft denial(ActionRequest request, Ruling ruling) {
        EventDraft draft = draft(request, ruling.tag(), ruling.eventType(), ruling.tier(), ruling.description())
                .denied();
        for (Map.Entry<String, Object> extra : ruling.extras().entrySet()) {
            draft = draft.with(extra.getKey(), extra.getValue());
        }
        return draft;
    }

    private static EventDraft draft(ActionRequest request, String tag, String type, int tier, String description) {
        EventDraft draft = EventDraft.of(tag, request.agent(), request.role(), type, tier, description)
                .withSpec(request.specId());
        String tool = request.text("tool");
        if (tool != null) {
            draft = draft.with("tool", Text.singleLine(tool, Limits.NAME));
        }
        return request.sessionId() == null ? draft : draft.with("session_id", request.sessionId());
    }

    private static String named(ActionRequest request) {
        String target = request.target();
        return target == null ? "None" : target;
    }
}
