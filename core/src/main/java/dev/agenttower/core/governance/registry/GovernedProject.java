package dev.agenttower.core.governance.registry;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.change.ChangeDecision;
import dev.agenttower.core.governance.change.ChangeOutcomes;
import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.ChangeRecovery;
import dev.agenttower.core.governance.change.ChangeReview;
import dev.agenttower.core.governance.change.ChangeSubmission;
import dev.agenttower.core.governance.change.CheckedChangeQueue;
import dev.agenttower.core.governance.change.DecisionWrites;
import dev.agenttower.core.governance.change.ForeignChanges;
import dev.agenttower.core.governance.change.InMemoryChangeQueue;
import dev.agenttower.core.governance.change.KnownChanges;
import dev.agenttower.core.governance.change.PolicyEditing;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.RecoveredChange;
import dev.agenttower.core.governance.drift.AuthorizedChanges;
import dev.agenttower.core.governance.drift.AuthorizedFiles;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.InMemoryBaselineStore;
import dev.agenttower.core.governance.drift.SovereignDrift;
import dev.agenttower.core.governance.hook.ToolJudgement;
import dev.agenttower.core.governance.ledger.EventSubmission;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerHealing;
import dev.agenttower.core.governance.ledger.RoleNormalizingLedger;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.ledger.note.ReportedWrites;
import dev.agenttower.core.governance.policy.ActionOutcome;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.policy.ActionRequests;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyDecision;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.policy.PolicyReview;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectScaffold;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.request.CrossRoleRequests;
import dev.agenttower.core.governance.request.InMemoryRequestBook;
import dev.agenttower.core.governance.request.RequestBookException;
import dev.agenttower.core.governance.role.AgentSessions;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.core.governance.role.RoleResolution;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.core.json.MalformedJsonException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One governed project with its use cases. Thread-safe.
 *
 * <p>Operations reserved to humans are marked as such; the caller of this class must check for a human with
 * {@link dev.agenttower.core.governance.human.HumanGate}.
 */
public final class GovernedProject {
    private static final String TASKS = "_cortex/tasks.json";
    private static final String QUEUE = "_cortex/ops/sovereign_requests.json";
    private static final String LEDGER = "_cortex/ads/events.jsonl";
    private static final String INTENTS = "_cortex/ops/change-intents";

    private final String name;
    private final Workspace workspace;
    private final InstantSource clock;
    private final Ledger ledger;
    private final SovereignDrift drift;
    private final KnownChanges known;
    private final ChangeQueue changes;
    private final ForeignChanges foreign;
    private final ChangeApplication application;
    private final ActionRequests actions;
    private final PolicyReview policyReview;
    private final PolicyEditing policyEditing;
    private final DecisionWrites decisionWrites;
    private final ChangeSubmission changeSubmission;
    private final ChangeReview changeReview;
    private final ChangeDecision changeDecision;
    private final CrossRoleRequests requests;
    private final RoleResolution roles;
    private final AgentSessions sessions;
    private final ToolJudgement toolJudgement;
    private final EventSubmission eventSubmission;
    private final LedgerHealing healing;

    /**
     * A project on the files of a workspace, with every process assumed to be running. Its baseline is kept in memory, and its other files are
     * trusted, since authorized changes are not recorded outside of it.
     */
    public GovernedProject(String name, Workspace workspace, InstantSource clock) {
        this(
                name,
                workspace,
                clock,
                RunningProcesses.unknown(),
                new InMemoryBaselineStore(),
                new InMemoryPromiseStore(),
                name,
                KnownChanges.unchecked());
    }

    /**
     * A project on the files of a workspace.
     *
     * @param processes checks whether the processes of sessions still run
     * @param baselines stores the baseline of its sovereign files
     * @param promises stores the events that are about to be written with its files
     * @param key the key of the project in both stores
     * @param known the changes that this daemon authorized
     */
    public GovernedProject(
            String name,
            Workspace workspace,
            InstantSource clock,
            RunningProcesses processes,
            BaselineStore baselines,
            PromiseStore promises,
            String key,
            KnownChanges known) {
        this.name = name;
        this.workspace = workspace;
        this.clock = clock;
        PolicySource policy = workspace.policy();
        this.ledger = new RoleNormalizingLedger(workspace.ledger(), policy.roleNames());
        this.drift = new SovereignDrift(key, policy, workspace.sovereignFiles(), baselines, ledger);
        this.known = known;
        this.changes = new CheckedChangeQueue(workspace.changes(), known);
        this.application = new AuthorizedChanges(workspace.application(), drift, known);
        this.foreign = new ForeignChanges(known, changes, application, ledger);
        this.actions = new ActionRequests(
                policy, new PolicyDecision(workspace.tree(), workspace.intents()), workspace.files(), ledger);
        this.policyReview = new PolicyReview(policy, ledger);
        this.policyEditing = new PolicyEditing(
                changes, policy, workspace.files(), workspace.tree(), application, workspace.json(), ledger);
        this.decisionWrites = new DecisionWrites(changes, new ReportedWrites(promises, key, "changes", ledger));
        this.changeSubmission = new ChangeSubmission(
                changes, decisionWrites, policy, workspace.intents(), workspace.files(), ledger, clock);
        this.changeReview = new ChangeReview(changes, policy, workspace.files(), workspace.json(), workspace.diff());
        ChangeOutcomes outcomes = known.outcomes(workspace.changes(), clock);
        this.changeDecision = new ChangeDecision(
                changes,
                decisionWrites,
                policy,
                workspace.files(),
                application,
                workspace.json(),
                ledger,
                clock,
                outcomes);
        this.requests = new CrossRoleRequests(
                workspace.requests(), new ReportedWrites(promises, key, "requests", ledger), clock);
        this.roles = new RoleResolution(workspace.sessions(), workspace.activeRole(), policy, ledger);
        this.sessions = new AgentSessions(
                workspace.sessions(), roles, policy, workspace.workingCopy(), ledger, clock, processes);
        this.toolJudgement = new ToolJudgement(
                actions, roles, changeSubmission, requests, outcomes, workspace.files(), this::activeSpec);
        this.eventSubmission = new EventSubmission(ledger);
        this.healing = new LedgerHealing(ledger);
    }

    /**
     * Finishes or undoes writes that were interrupted when a process ended, and reports drift of sovereign files since. Call it once before any
     * decision.
     */
    public List<RecoveredChange> recover() {
        known.trustExisting(workspace.changes());
        tolerating(ledger::settle);
        List<RecoveredChange> recovered = recovery().recover();
        decisionWrites.recover();
        requests.recover();
        tolerating(foreign::check);
        tolerating(drift::check);
        return recovered;
    }

    /** A failing report must not prevent opening the project: the next check repeats it. */
    private static void tolerating(Runnable check) {
        try {
            check.run();
        } catch (StorageException | LedgerException | ProjectFileException | ChangeQueueException e) {
            // the next check retries
        }
    }

    /**
     * Finds what other programs did: events on the ledger, decisions in the queue, change records, and changes of sovereign files; and own
     * writes whose events are missing. Reports each on the ledger, once.
     *
     * @throws LedgerException if the ledger could not be read or written; the next call retries
     * @throws StorageException if a baseline or note could not be read or stored; likewise
     * @throws ProjectFileException if a file of the project could not be read or moved; likewise
     * @throws ChangeQueueException if the queue could not be read; likewise
     * @throws RequestBookException if the document of requests could not be read; likewise
     */
    public void check() {
        drift.check();
        ledger.settle();
        known.trustExisting(workspace.changes());
        foreign.check();
        decisionWrites.recover();
        requests.recover();
    }

    private ChangeRecovery recovery() {
        return new ChangeRecovery(changes, application, workspace.files(), ledger);
    }

    /**
     * The problems of its governance files: the policy, the queue of change requests, interrupted changes, an unreadable ledger, and sovereign
     * folders that hold more files than are checked or have an unreadable part. The chain of the ledger is not verified, see
     * {@link Ledger#verify()}.
     */
    public List<PolicyProblem> problems() {
        List<PolicyProblem> problems = new ArrayList<>(policyReview.problems());
        try {
            changes.requests();
            for (String id : recovery().interrupted()) {
                problems.add(new PolicyProblem(
                        INTENTS,
                        "the change of " + id + " was interrupted while it was applied; the next authorization, or"
                                + " the next start of the daemon, finishes or undoes it"));
            }
        } catch (ChangeQueueException e) {
            problems.add(new PolicyProblem(QUEUE, e.getMessage()));
        } catch (ProjectFileException e) {
            problems.add(new PolicyProblem(INTENTS, e.getMessage()));
        }
        for (String folder : drift.overfull()) {
            problems.add(new PolicyProblem(
                    folder, "this sovereign folder holds more files than are looked at: changes in it are not seen"));
        }
        drift.incomplete()
                .forEach((path, part) -> problems.add(new PolicyProblem(
                        path, "not all of it can be looked at: changes at or below " + part + " are not seen")));
        try {
            workspace.ledgerLines();
        } catch (LedgerException e) {
            problems.add(new PolicyProblem(LEDGER, String.valueOf(e.getMessage())));
        }
        return List.copyOf(problems);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The policy now. */
    public Policy policy() {
        return workspace.policy().current();
    }

    /** Decides and executes actions, in the roles that the requests name. */
    public ActionRequests actions() {
        return actions;
    }

    /**
     * Decides an action requested by a process, in the resolved role of that process, and executes it unless it is a dry run.
     *
     * @param request the action; its role is empty where the caller names none
     * @param lineage the process and its ancestors, nearest first; empty when unknown
     * @throws RefusedException FORBIDDEN with the reason {@code role_mismatch} or {@code no_role}; the denial is on the ledger
     */
    public ActionOutcome handle(ActionRequest request, List<LiveProcess> lineage) {
        Identity identity;
        try {
            identity = roles.resolve(new RoleClaim(request.agent(), request.role(), lineage));
        } catch (RefusedException e) {
            actions.countDenial();
            throw e;
        }
        if (identity.role() == null) {
            actions.deny(request, "no_role");
        }
        return actions.handle(request.as(identity.agent(), identity.requiredRole()));
    }

    /** Shows the policy. */
    public PolicyReview policyReview() {
        return policyReview;
    }

    /** Changes the policy; for humans only. */
    public PolicyEditing policyEditing() {
        return policyEditing;
    }

    /** Submits and withdraws proposed changes. */
    public ChangeSubmission changeSubmission() {
        return changeSubmission;
    }

    /** Shows proposed changes. */
    public ChangeReview changeReview() {
        return changeReview;
    }

    /** Authorizes and rejects proposed changes; for humans only. */
    public ChangeDecision changeDecision() {
        return changeDecision;
    }

    /** The requests between roles. */
    public CrossRoleRequests requests() {
        return requests;
    }

    /** Resolves the roles of callers. */
    public RoleResolution roles() {
        return roles;
    }

    /** Starts and ends sessions. */
    public AgentSessions sessions() {
        return sessions;
    }

    /** The ledger. */
    public Ledger ledger() {
        return ledger;
    }

    /** Detects unauthorized changes of sovereign files. */
    public SovereignDrift drift() {
        return drift;
    }

    /** Judges the tool calls of agents. */
    public ToolJudgement toolJudgement() {
        return toolJudgement;
    }

    /**
     * Judges the tool calls of agents like {@link #toolJudgement} now, as a question: what it files, records and counts is forgotten with it.
     *
     * @throws ChangeQueueException if the queue of change requests cannot be read
     * @throws RequestBookException if the document of requests cannot be read
     */
    public ToolJudgement toolQuestion() {
        PolicySource policy = workspace.policy();
        Ledger forgotten = new InMemoryLedger(clock);
        PromiseStore promises = new InMemoryPromiseStore();
        ChangeQueue queue = new InMemoryChangeQueue(changes.requests());
        DecisionWrites writes = new DecisionWrites(queue, new ReportedWrites(promises, name, "changes", forgotten));
        return new ToolJudgement(
                new ActionRequests(
                        policy,
                        new PolicyDecision(workspace.tree(), workspace.intents()),
                        workspace.files(),
                        forgotten),
                new RoleResolution(workspace.sessions(), workspace.activeRole(), policy, forgotten),
                new ChangeSubmission(queue, writes, policy, workspace.intents(), workspace.files(), forgotten, clock),
                new CrossRoleRequests(
                        new InMemoryRequestBook(workspace.requests().text()),
                        new ReportedWrites(promises, name, "requests", forgotten),
                        clock),
                KnownChanges.unchecked().outcomes(queue, clock),
                workspace.files(),
                this::activeSpec);
    }

    /** Appends events that callers submit. */
    public EventSubmission eventSubmission() {
        return eventSubmission;
    }

    /** Begins a new chain after a broken one; for humans only. */
    public LedgerHealing healing() {
        return healing;
    }

    /** The spec for callers that name none, if the project declares one. */
    public Optional<String> activeSpec() {
        return workspace.activeRole().spec();
    }

    /** Creates the files that are missing; for humans only. */
    public ProjectScaffold scaffold() {
        return new ProjectScaffold(new AuthorizedFiles(workspace.freshFiles(), drift), ledger);
    }

    /** The sizes of the project. */
    public ProjectFigures figures() {
        return new ProjectFigures(policy().specs().size(), tasks(), ledgerLines());
    }

    private long ledgerLines() {
        try {
            return workspace.ledgerLines();
        } catch (LedgerException e) {
            return 0; // reported by problems()
        }
    }

    private int tasks() {
        try {
            ProjectText text = workspace.files().read(TASKS);
            return text != null
                            && workspace.json().read(text.text()) instanceof Map<?, ?> file
                            && file.get("tasks") instanceof List<?> tasks
                    ? tasks.size()
                    : 0;
        } catch (ProjectFileException | MalformedJsonException e) {
            return 0;
        }
    }
}
