package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.change.ChangeDecision;
import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.ChangeRecovery;
import dev.agenttower.core.governance.change.ChangeReview;
import dev.agenttower.core.governance.change.ChangeSubmission;
import dev.agenttower.core.governance.change.DecisionWrites;
import dev.agenttower.core.governance.change.InMemoryChangeQueue;
import dev.agenttower.core.governance.change.KnownChanges;
import dev.agenttower.core.governance.change.PolicyEditing;
import dev.agenttower.core.governance.change.TextDiff;
import dev.agenttower.core.governance.change.WholeTextDiff;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.InMemoryChangeApplication;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.ReportedWrites;
import dev.agenttower.core.governance.policy.InMemoryPolicy;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.workspace.change.UnifiedTextDiff;
import dev.agenttower.workspace.change.WorkspaceChangeApplication;
import dev.agenttower.workspace.change.WorkspaceChangeQueue;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.WorkspaceFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import dev.agenttower.workspace.ledger.FileLedger;
import dev.agenttower.workspace.policy.WorkspacePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The use cases of change requests over one set of ports. */
record ChangeWorkbench(
        ChangeQueue queue,
        PolicySource policy,
        ProjectFiles files,
        ProjectTree tree,
        ChangeApplication application,
        Ledger ledger,
        TextDiff diff) {
    private static final Intents INTENTS = id ->
            Optional.ofNullable(Map.of("INT-1", "Active", "INT-2", "Cancelled").get(id));

    static ChangeWorkbench inMemory() {
        InMemoryProject project = new InMemoryProject();
        return new ChangeWorkbench(
                new InMemoryChangeQueue(),
                new InMemoryPolicy(new JacksonJson()),
                project,
                project,
                new InMemoryChangeApplication(project),
                new InMemoryLedger(InstantSource.system()),
                new WholeTextDiff());
    }

    static ChangeWorkbench inDirectory(Path root) throws IOException {
        WorkspaceTree tree = new WorkspaceTree(root);
        return new ChangeWorkbench(
                new WorkspaceChangeQueue(root),
                new WorkspacePolicy(root, InstantSource.system()),
                new WorkspaceFiles(tree),
                tree,
                new WorkspaceChangeApplication(tree),
                new FileLedger(root.resolve("_cortex/ads/events.jsonl"), InstantSource.system()),
                new UnifiedTextDiff());
    }

    /** As {@link #inDirectory}, with ports that kill this process at a step. */
    static ChangeWorkbench killedAt(ChangeStep step, Path root) throws IOException {
        ChangeWorkbench whole = inDirectory(root);
        return new ChangeWorkbench(
                KilledProcess.queue(whole.queue, step),
                whole.policy,
                whole.files,
                whole.tree,
                KilledProcess.application(whole.application, step, root),
                KilledProcess.ledger(whole.ledger, step),
                whole.diff);
    }

    ChangeSubmission submission() {
        return new ChangeSubmission(queue, writes(), policy, INTENTS, files, ledger, InstantSource.system());
    }

    ChangeReview review() {
        return new ChangeReview(queue, policy, files, new JacksonJson(), diff);
    }

    ChangeDecision decision() {
        return new ChangeDecision(
                queue,
                writes(),
                policy,
                files,
                application,
                new JacksonJson(),
                ledger,
                InstantSource.system(),
                KnownChanges.unchecked().outcomes(queue, InstantSource.system()));
    }

    PolicyEditing editing() {
        return new PolicyEditing(queue, policy, files, tree, application, new JacksonJson(), ledger);
    }

    ChangeRecovery recovery() {
        return new ChangeRecovery(queue, application, files, ledger);
    }

    private DecisionWrites writes() {
        return new DecisionWrites(queue, new ReportedWrites(new InMemoryPromiseStore(), "p", "changes", ledger));
    }

    String submit(String path, String type, String key, Object payload) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("agent", "CLAUDE");
        body.put("role", "Architect");
        body.put("target_path", path);
        body.put("change_type", type);
        body.put("description", "why");
        body.put(key, payload);
        return submission().submit(SubmitChange.of(body)).request().id();
    }
}
