package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.Workspaces;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.daemon.NativeLibraries;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.workspace.ProjectWorkspaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A process that changes a sovereign file of a registered project at the word of a human, and is killed when it reaches a step. */
final class KilledProjectChange {
    private KilledProjectChange() {}

    /** Takes the database, the name of the step, and the id of a request to authorize, or the name of a role to change. */
    public static void main(String[] arguments) {
        NativeLibraries.useThoseOfDistribution();
        try (SqliteStores stores = SqliteStores.open(Path.of(arguments[0]))) {
            ChangeStep step = ChangeStep.valueOf(arguments[1]);
            Workspaces workspaces = new KilledWorkspaces(
                    workspaces(stores),
                    (registered, workspace) -> Map.of(
                            "application",
                                    KilledProcess.application(
                                            workspace.application(), step, Path.of(registered.path())),
                            "ledger", KilledProcess.ledger(workspace.ledger(), step),
                            "changes", KilledProcess.queue(workspace.changes(), step)));
            GovernedProject project = projects(stores, workspaces).select("demo", () -> null);
            if (arguments[2].startsWith("scr_")) {
                project.changeDecision().authorize(AuthorizeChange.asProposed(arguments[2]));
            } else {
                project.policyEditing().changeRole(arguments[2], Map.of("paths", List.of("lib/")));
            }
        }
    }

    static GovernedProjects projects(SqliteStores stores) {
        return projects(stores, workspaces(stores));
    }

    private static Workspaces workspaces(SqliteStores stores) {
        return new ProjectWorkspaces(InstantSource.system(), stores.ledgers());
    }

    private static GovernedProjects projects(SqliteStores stores, Workspaces workspaces) {
        return new GovernedProjects(
                stores.projects(),
                workspaces,
                InstantSource.system(),
                RunningProcesses.unknown(),
                stores.baselines(),
                stores.promises(),
                stores.changes(),
                stores.ledgers());
    }
}
