package dev.agenttower.benchmarks;

import java.io.IOException;

/** Complete processes of the command line. */
final class CommandFigures {
    private static final int TIMES = 11;

    private CommandFigures() {}

    static void take(Figures figures) throws IOException {
        try (GovernedDaemon governed = GovernedDaemon.start()) {
            BenchmarkDaemon daemon = governed.daemon();
            LedgerOfEvents.write(governed.folder().ledger(), 1000);
            command(figures, daemon, "statusline, 1 project", "statusline");
            command(figures, daemon, "whoami", "whoami");
            command(figures, daemon, "scr list", "scr", "list");
            command(figures, daemon, "request list", "request", "list");
            command(figures, daemon, "ledger tail", "ledger", "tail");
            command(figures, daemon, "ledger verify", "ledger", "verify");
            command(figures, daemon, "project list", "project", "list");
            for (int i = 2; i <= 20; i++) {
                daemon.register(GovernedFolder.create(governed.beside("bench" + i)), "bench" + i);
            }
            command(figures, daemon, "statusline, 20 projects", "statusline");
            for (int i = 2; i <= 20; i++) {
                daemon.command("project", "remove", "bench" + i);
            }
            daemon.command("project", "remove", "bench");
            command(figures, daemon, "statusline, no project", "statusline");
        }
    }

    private static void command(Figures figures, BenchmarkDaemon daemon, String what, String... arguments)
            throws IOException {
        figures.repeat("agenttower " + what, TIMES, () -> daemon.command(arguments));
    }
}
