package dev.agenttower.core.governance.registry;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.change.ChangeDecision;
import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.ChangeRecovery;
import dev.agenttower.core.governance.change.ChangeReview;
import dev.agenttower.core.governance.change.ChangeSubmission;
import dev.agenttower.core.governance.change.CheckedChangeQueue;
import dev.agenttower.core.governance.change.DecisionWrites;
import dev.agenttower.core.governance.change.ForeignChanges;
import dev.agenttower.core.governance.change.KnownChanges;
import dev.agenttower.core.governance.change.PolicyEditing;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.RecoveredChange;
import dev.agenttower.core.governance.drift.AuthorizedChanges;
import dev.agenttower.core.governance.drift.AuthorizedFiles;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.InMemoryBaselineStore;
import dev.agenttower.core.governance.drift.SovereignDrift;
import dev.agenttower.core.governance.ledger.EventSubmission;
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
 * One governed project with all that can be done in it. Thread-safe.
 *
 * <p>What only a human may do is marked so; whether the caller is one is for the caller of this class to find out, with
 * {@link dev.agenttower.core.governance.human.HumanGate}.
 */
public final class GovernedProject {
    private static final String TASKS = "_cortex/tasks.json";
    private static final String QUEUE = "_cortex/ops/sovereign_requests.json";
    private static final String LEDGER = "_cortex/ads/events.jsonl";
    private static final String INTENTS = "_cortex/ops/change-intents";

    private final String name;
    private final Workspace workspace;
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
    private final EventSubmission eventSubmission;
    private final LedgerHealing healing;

    /**
     * The project of this name whose files a workspace has, with every process taken for running. What is known of its sovereign files is kept in
     * memory, and its other files are believed: nothing outside of it says which changes were authorized.
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
     * The project of this name whose files a workspace has.
     *
     * @param processes tells which processes that sessions were started for still run
     * @param baselines keeps what is known of its sovereign files
     * @param promises keeps the events that are about to be written with its files
     * @param key its key in both
     * @param known which changes were authorized here
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
        this.changeDecision = new ChangeDecision(
                changes, decisionWrites, policy, workspace.files(), application, workspace.json(), ledger, clock);
        this.requests = new CrossRoleRequests(
                workspace.requests(), new ReportedWrites(promises, key, "requests", ledger), clock);
        this.roles = new RoleResolution(workspace.sessions(), workspace.activeRole(), policy, ledger);
        this.sessions = new AgentSessions(
                workspace.sessions(), roles, policy, workspace.workingCopy(), ledger, clock, processes);
        this.eventSubmission = new EventSubmission(ledger);
        this.healing = new LedgerHealing(ledger);
    }

    /**
     * Finishes or undoes what was being written when a process ended, and tells which sovereign files changed since. To be called once before
     * anything is decided.
     */
    public List<RecoveredChange> recover() {
        known.look(workspace.changes());
        tolerating(ledger::settle);
        List<RecoveredChange> recovered = recovery().recover();
        decisionWrites.recover();
        requests.recover();
        tolerating(foreign::check);
        tolerating(drift::check);
        return recovered;
    }

    /** No trouble with what is only told is a reason to keep people out of the project: the next look finds the same. */
    private static void tolerating(Runnable look) {
        try {
            look.run();
        } catch (StorageException | LedgerException | ProjectFileException | ChangeQueueException e) {
            // told by the next look
        }
    }

    /**
     * Looks for what was not done here: events on the ledger, decisions in the queue, records of changes, and changes of sovereign files; and for
     * what was done here and could not be told. Puts it on the ledger, once.
     *
     * @throws LedgerException if the ledger could not be read or written; the next look tells it
     * @throws StorageException if what is known could not be read or stored; likewise
     * @throws ProjectFileException if a file of the project could not be read or moved; likewise
     * @throws ChangeQueueException if the queue could not be read; likewise
     * @throws RequestBookException if the document of requests could not be read; likewise
     */
    public void check() {
        drift.check();
        ledger.settle();
        known.look(workspace.changes());
        foreign.check();
        decisionWrites.recover();
        requests.recover();
    }

    private ChangeRecovery recovery() {
        return new ChangeRecovery(changes, application, workspace.files(), ledger);
    }

    /**
     * What is wrong with the files by which it is governed: those of the policy, the queue of change requests, the changes that were
     * interrupted while they were applied, and sovereign folders that hold more files than are looked at, or of which a part cannot be looked at. The ledger is not looked at; {@link Ledger#verify()} reads all of it.
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

    /** Its name. */
    public String name() {
        return name;
    }

    /** The policy now. */
    public Policy policy() {
        return workspace.policy().current();
    }

    /** Decides and carries out actions, in the roles that the requests name. */
    public ActionRequests actions() {
        return actions;
    }

    /**
     * Decides, and unless it is a dry run carries out, what a process asks for, in the role that the process is known to have.
     *
     * @param request what it asks for; its role is empty where the caller says none
     * @param lineage the process and those above it, nearest first; empty when they are not known
     * @throws RefusedException FORBIDDEN with the reason {@code role_mismatch} or {@code no_role}, which is on the ledger
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
            actions.denyWithoutRole(request);
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

    /** Takes proposed changes. */
    public ChangeSubmission changeSubmission() {
        return changeSubmission;
    }

    /** Shows proposed changes. */
    public ChangeReview changeReview() {
        return changeReview;
    }

    /** Decides about proposed changes; for humans only. */
    public ChangeDecision changeDecision() {
        return changeDecision;
    }

    /** The requests between roles. */
    public CrossRoleRequests requests() {
        return requests;
    }

    /** Finds the roles of callers. */
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

    /** Notices changes of sovereign files that nobody authorized. */
    public SovereignDrift drift() {
        return drift;
    }

    /** Takes events that callers bring along. */
    public EventSubmission eventSubmission() {
        return eventSubmission;
    }

    /** Begins a new chain after a broken one; for humans only. */
    public LedgerHealing healing() {
        return healing;
    }

    /** The spec that callers work under who name none, if the project says one. */
    public Optional<String> activeSpec() {
        return workspace.activeRole().spec();
    }

    /** Creates the files that are missing; for humans only. */
    public ProjectScaffold scaffold() {
        return new ProjectScaffold(new AuthorizedFiles(workspace.freshFiles(), drift), ledger);
    }

    /** How much there is of what the project holds. */
    public ProjectFigures figures() {
        return new ProjectFigures(policy().specs().size(), tasks(), ledgerLines());
    }

    private long ledgerLines() {
        try {
            return workspace.ledgerLines();
        } catch (LedgerException e) {
            return 0; // it is among the problems
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
