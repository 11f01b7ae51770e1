package dev.agenttower.workspace;

import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.TextDiff;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.core.governance.registry.Workspace;
import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.core.governance.role.ActiveRole;
import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.core.governance.role.WorkingCopy;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.workspace.change.UnifiedTextDiff;
import dev.agenttower.workspace.change.WorkspaceChangeApplication;
import dev.agenttower.workspace.change.WorkspaceChangeQueue;
import dev.agenttower.workspace.change.WorkspaceIntents;
import dev.agenttower.workspace.drift.WorkspaceFreshFiles;
import dev.agenttower.workspace.drift.WorkspaceSovereignFiles;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.WorkspaceFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import dev.agenttower.workspace.ledger.FileLedger;
import dev.agenttower.workspace.ledger.LineCount;
import dev.agenttower.workspace.policy.WorkspacePolicy;
import dev.agenttower.workspace.request.WorkspaceRequestBook;
import dev.agenttower.workspace.role.GitWorkingCopy;
import dev.agenttower.workspace.role.WorkspaceActiveRole;
import dev.agenttower.workspace.role.WorkspaceSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A folder as the workspace of a governed project. Thread-safe. */
public final class ProjectWorkspace implements Workspace {
    private final JacksonJson json = new JacksonJson();
    private final WorkspaceTree tree;
    private final WorkspaceFiles files;
    private final WorkspaceFreshFiles freshFiles;
    private final WorkspaceSovereignFiles sovereignFiles;
    private final WorkspacePolicy policy;
    private final FileLedger ledger;
    private final LineCount ledgerLines;
    private final WorkspaceChangeQueue changes;
    private final WorkspaceChangeApplication application;
    private final WorkspaceRequestBook requests;
    private final WorkspaceSessions sessions;
    private final WorkspaceActiveRole activeRole;
    private final GitWorkingCopy workingCopy;
    private final WorkspaceIntents intents;
    private final UnifiedTextDiff diff = new UnifiedTextDiff();

    /**
     * The workspace in a folder; creates nothing. Without ledger notes, the origin of the ledger's events is unknown.
     *
     * @throws IOException if there is no such folder
     */
    public ProjectWorkspace(Path folder, InstantSource clock) throws IOException {
        this(folder, clock, null, "");
    }

    ProjectWorkspace(Path folder, InstantSource clock, @Nullable LedgerNotes notes, String project) throws IOException {
        this.tree = new WorkspaceTree(folder, clock);
        Path root = tree.root();
        Path events = root.resolve("_cortex").resolve("ads").resolve("events.jsonl");
        this.files = new WorkspaceFiles(tree);
        this.freshFiles = new WorkspaceFreshFiles(tree);
        this.sovereignFiles = new WorkspaceSovereignFiles(tree, clock);
        this.policy = new WorkspacePolicy(root, clock);
        this.ledger = new FileLedger(events, root, clock, notes, project);
        this.ledgerLines = new LineCount(events);
        this.changes = new WorkspaceChangeQueue(root, clock);
        this.application = new WorkspaceChangeApplication(tree);
        this.requests = new WorkspaceRequestBook(root);
        this.sessions = new WorkspaceSessions(root, clock);
        this.activeRole = new WorkspaceActiveRole(root);
        this.workingCopy = new GitWorkingCopy(root);
        this.intents = new WorkspaceIntents(root);
    }

    /** Removes the temporary files that killed writes left behind. */
    void removeLeftovers() throws IOException {
        tree.unfinished().removeLeftovers();
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public long ledgerLines() {
        return ledgerLines.now();
    }

    @Override
    public PolicySource policy() {
        return policy;
    }

    @Override
    public ProjectTree tree() {
        return tree;
    }

    @Override
    public ProjectFiles files() {
        return files;
    }

    @Override
    public FreshFiles freshFiles() {
        return freshFiles;
    }

    @Override
    public SovereignFiles sovereignFiles() {
        return sovereignFiles;
    }

    @Override
    public ChangeQueue changes() {
        return changes;
    }

    @Override
    public ChangeApplication application() {
        return application;
    }

    @Override
    public RequestBook requests() {
        return requests;
    }

    @Override
    public GovernedSessions sessions() {
        return sessions;
    }

    @Override
    public ActiveRole activeRole() {
        return activeRole;
    }

    @Override
    public WorkingCopy workingCopy() {
        return workingCopy;
    }

    @Override
    public Intents intents() {
        return intents;
    }

    @Override
    public JsonText json() {
        return json;
    }

    @Override
    public TextDiff diff() {
        return diff;
    }
}
