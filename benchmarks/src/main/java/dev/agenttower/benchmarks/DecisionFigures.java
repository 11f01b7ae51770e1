package dev.agenttower.benchmarks;

import java.io.IOException;

/** Decisions for four clients under a policy of 50 roles and 500 specs; each decision appends an event to the ledger. */
final class DecisionFigures {
    private static final int CLIENTS = 4;

    private DecisionFigures() {}

    static void take(Figures figures) throws IOException {
        try (GovernedDaemon daemon = GovernedDaemon.start()) {
            GovernedFolder folder = daemon.folder();
            for (int clients : new int[] {CLIENTS, 1}) {
                for (boolean keeps : new boolean[] {true, false}) {
                    String how = ", clients: " + clients + (keeps ? ", kept connections" : ", a connection each");
                    figures.take("dry run" + how, () -> daemon.load(figures, clients, keeps, 200, folder.dryRuns()));
                    figures.take("denial" + how, () -> daemon.load(figures, clients, keeps, 403, folder.denials()));
                }
            }
            figures.print("memory of the daemon afterwards", daemon.memory());
        }
    }
}
