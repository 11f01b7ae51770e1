package dev.agenttower.core.governance.registry;

import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.TextDiff;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.core.governance.role.ActiveRole;
import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.core.governance.role.WorkingCopy;
import dev.agenttower.core.json.JsonText;

/** The files of one project behind the ports that governance needs. Each method must return the same object on every call. Thread-safe. */
public interface Workspace {
    /** The ledger. */
    Ledger ledger();

    /** The number of lines of the ledger, in a time independent of its size. */
    long ledgerLines();

    /** The policy. */
    PolicySource policy();

    /** Resolves paths. */
    ProjectTree tree();

    /** Reads and writes files. */
    ProjectFiles files();

    /** Creates missing files. */
    FreshFiles freshFiles();

    /** Takes snapshots of the sovereign files. */
    SovereignFiles sovereignFiles();

    /** The queue of change requests. */
    ChangeQueue changes();

    /** Applies authorized changes. */
    ChangeApplication application();

    /** The requests between roles. */
    RequestBook requests();

    /** The running sessions. */
    GovernedSessions sessions();

    /** The active role. */
    ActiveRole activeRole();

    /** The version control. */
    WorkingCopy workingCopy();

    /** The intents. */
    Intents intents();

    /** Reads JSON. */
    JsonText json();

    /** Computes text diffs. */
    TextDiff diff();
}
