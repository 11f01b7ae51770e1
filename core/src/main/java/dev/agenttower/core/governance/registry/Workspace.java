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

/** The files of one project, as the ports that governance needs. An implementation must give the same object each time. Thread-safe. */
public interface Workspace {
    /** The ledger, as it is written. */
    Ledger ledger();

    /** How many lines the ledger has; cheap, whatever its size. */
    long ledgerLines();

    /** The policy. */
    PolicySource policy();

    /** Where paths lead. */
    ProjectTree tree();

    /** Reads and writes files. */
    ProjectFiles files();

    /** Creates what is missing. */
    FreshFiles freshFiles();

    /** Looks at the sovereign files. */
    SovereignFiles sovereignFiles();

    /** The queue of change requests. */
    ChangeQueue changes();

    /** Puts changes into their files. */
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

    /** Shows how one text becomes another. */
    TextDiff diff();
}
