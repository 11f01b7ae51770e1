package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.daemon.NativeLibraries;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.file.Path;

/** A process that appends to the ledger of a registered project with several threads until it is killed. */
final class KilledAppends {
    private static final int WRITERS = 4;

    private KilledAppends() {}

    /** Takes the database. */
    public static void main(String[] arguments) throws InterruptedException {
        NativeLibraries.useThoseOfDistribution();
        SqliteStores stores = SqliteStores.open(Path.of(arguments[0]));
        GovernedProject project = KilledProjectChange.projects(stores).select("demo", null);
        for (int i = 0; i < WRITERS; i++) {
            new Thread(() -> {
                        while (true) {
                            project.ledger().append(EventDraft.of("tag", "CLAUDE", "Developer", "own", 3, "did"));
                        }
                    })
                    .start();
        }
        Thread.currentThread().join();
    }
}
