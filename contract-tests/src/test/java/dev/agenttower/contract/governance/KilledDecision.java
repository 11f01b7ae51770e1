package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.Workspaces;
import dev.agenttower.core.governance.request.Feedback;
import dev.agenttower.core.governance.request.FileRequest;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.daemon.NativeLibraries;
import dev.agenttower.sqlite.SqliteStores;
import dev.agenttower.workspace.ProjectWorkspaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A process that writes the queue or the document of requests, each with an event, and is killed when it reaches a step. */
final class KilledDecision {
    /** The steps of a write. */
    enum Step {
        /** Nothing is written. */
        BEGUN,
        /** The event is noted. */
        NOTED,
        /** The file is written. */
        WRITTEN,
        /** The event is on the ledger. */
        TOLD,
        /** Nothing is noted any more. */
        FORGOTTEN
    }

    /** What is written. */
    enum Action {
        REJECT,
        WITHDRAW,
        FILE,
        FEEDBACK,
        STATUS
    }

    private KilledDecision() {}

    /** Takes the database, the name of the step, the name of the action, and the id of the request. */
    public static void main(String[] arguments) {
        NativeLibraries.useThoseOfDistribution();
        Step step = Step.valueOf(arguments[1]);
        try (SqliteStores stores = SqliteStores.open(Path.of(arguments[0]))) {
            GovernedProject project = projects(stores, step).select("demo", () -> null);
            carryOut(Action.valueOf(arguments[2]), project, arguments[3]);
        }
    }

    private static void carryOut(Action action, GovernedProject project, String id) {
        switch (action) {
            case REJECT -> project.changeDecision().reject(id, "no");
            case WITHDRAW -> project.changeSubmission().withdraw(id, "CLAUDE", "Developer");
            case FILE ->
                project.requests()
                        .file(new FileRequest(
                                "Developer", "CLAUDE", "Architect", "# a **title**", "text", "HIGH", "BUG", List.of()));
            case FEEDBACK -> project.requests().file(new Feedback("me", "bug", "text"));
            case STATUS -> project.requests().update(id, "CLAUDE", "Architect", "IN_PROGRESS");
        }
    }

    private static GovernedProjects projects(SqliteStores stores, Step step) {
        PromiseStore promises = switch (step) {
            case BEGUN -> KilledProcess.killedAt(PromiseStore.class, stores.promises(), "note", true);
            case NOTED -> KilledProcess.killedAt(PromiseStore.class, stores.promises(), "note", false);
            case FORGOTTEN -> KilledProcess.killedAt(PromiseStore.class, stores.promises(), "remove", false);
            case WRITTEN, TOLD -> stores.promises();
        };
        Workspaces workspaces = new ProjectWorkspaces(InstantSource.system(), stores.ledgers());
        if (step == Step.WRITTEN || step == Step.TOLD) {
            workspaces = new KilledWorkspaces(
                    workspaces,
                    (project, workspace) -> Map.of(
                            "ledger",
                            KilledProcess.killedAt(Ledger.class, workspace.ledger(), "append", step == Step.WRITTEN)));
        }
        return new GovernedProjects(
                stores.projects(),
                workspaces,
                InstantSource.system(),
                RunningProcesses.unknown(),
                stores.baselines(),
                promises,
                stores.changes(),
                stores.ledgers());
    }
}
