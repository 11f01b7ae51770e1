package dev.agenttower.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The daemon's cost of idle ledger followers. */
final class FollowerFigures {
    private static final int FOLLOWERS = 3;
    private static final long SETTLING_SECONDS = 5;
    private static final long SECONDS = 30;

    private FollowerFigures() {}

    static void take(Figures figures) throws IOException {
        try (GovernedDaemon governed = GovernedDaemon.start()) {
            LedgerOfEvents.write(governed.folder().ledger(), 1000);
            figures.print("daemon without followers", cpu(governed.daemon()));
            List<Process> followers = new ArrayList<>();
            try {
                for (int i = 0; i < FOLLOWERS; i++) {
                    followers.add(governed.daemon()
                            .commandLine("ledger", "tail", "--follow")
                            .start());
                }
                figures.print("daemon with " + FOLLOWERS + " followers", cpu(governed.daemon()));
            } finally {
                followers.forEach(Process::destroy);
            }
        }
    }

    private static String cpu(BenchmarkDaemon daemon) throws IOException {
        pass(SETTLING_SECONDS);
        long before = daemon.cpuTicks();
        pass(SECONDS);
        return String.format("%.2f %% of a core", (daemon.cpuTicks() - before) / (double) SECONDS);
    }

    private static void pass(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while time passed", e);
        }
    }
}
