package dev.agenttower.core.governance.registry;

import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.InMemoryChangeQueue;
import dev.agenttower.core.governance.change.TextDiff;
import dev.agenttower.core.governance.change.WholeTextDiff;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.InMemoryChangeApplication;
import dev.agenttower.core.governance.drift.InMemorySovereignFiles;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.policy.InMemoryIntents;
import dev.agenttower.core.governance.policy.InMemoryPolicy;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.core.governance.request.InMemoryRequestBook;
import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.core.governance.role.ActiveRole;
import dev.agenttower.core.governance.role.FixedActiveRole;
import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.core.governance.role.InMemoryGovernedSessions;
import dev.agenttower.core.governance.role.InMemoryWorkingCopy;
import dev.agenttower.core.json.JsonText;
import java.time.InstantSource;

/** A workspace in memory; its policy is read from its files. Thread-safe. */
public final class InMemoryWorkspace implements Workspace {
    private final InMemoryProject project = new InMemoryProject();
    private final JsonText json;
    private final InMemoryLedger ledger;
    private final InMemorySovereignFiles sovereignFiles = new InMemorySovereignFiles(project);
    private final InMemoryChangeQueue changes = new InMemoryChangeQueue();
    private final InMemoryChangeApplication application = new InMemoryChangeApplication(project);
    private final InMemoryRequestBook requests = new InMemoryRequestBook();
    private final InMemoryIntents intents = new InMemoryIntents();
    private final InMemoryWorkingCopy workingCopy = new InMemoryWorkingCopy();
    private final InMemoryGovernedSessions sessions = new InMemoryGovernedSessions();

    /** An empty project. */
    public InMemoryWorkspace(JsonText json, InstantSource clock) {
        this.json = json;
        this.ledger = new InMemoryLedger(clock);
    }

    /** The files, to be filled by the caller. */
    public InMemoryProject project() {
        return project;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public long ledgerLines() {
        return ledger.events().size();
    }

    @Override
    public PolicySource policy() {
        return () -> {
            InMemoryPolicy policy = new InMemoryPolicy(json);
            for (String file : PolicyFiles.ALL) {
                ProjectText text = project.read(file);
                policy.put(file, text == null ? null : text.text());
            }
            return policy.current();
        };
    }

    @Override
    public ProjectTree tree() {
        return project;
    }

    @Override
    public ProjectFiles files() {
        return project;
    }

    @Override
    public FreshFiles freshFiles() {
        return project;
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
        return new FixedActiveRole(null, null);
    }

    @Override
    public InMemoryWorkingCopy workingCopy() {
        return workingCopy;
    }

    @Override
    public InMemoryIntents intents() {
        return intents;
    }

    @Override
    public JsonText json() {
        return json;
    }

    @Override
    public TextDiff diff() {
        return new WholeTextDiff();
    }
}
