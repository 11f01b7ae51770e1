package dev.agenttower.benchmarks;

import dev.agenttower.benchmarks.Samples.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A daemon with one project and a policy of 50 roles and 500 specs. */
final class GovernedDaemon implements AutoCloseable {
    private final TemporaryFolder home;
    private final BenchmarkDaemon daemon;
    private final GovernedFolder folder;

    private GovernedDaemon(TemporaryFolder home, BenchmarkDaemon daemon, GovernedFolder folder) {
        this.home = home;
        this.daemon = daemon;
        this.folder = folder;
    }

    /** Starts the daemon and registers the project. */
    static GovernedDaemon start() throws IOException {
        TemporaryFolder home = TemporaryFolder.create();
        GovernedFolder folder = GovernedFolder.create(home.path().resolve("bench"));
        BenchmarkDaemon daemon = BenchmarkDaemon.start(new Seed(0, 0, 0, 0, 0));
        daemon.register(folder, "bench");
        return new GovernedDaemon(home, daemon, folder);
    }

    /** The HTTP socket of the governance API. */
    Path socket() {
        return daemon.httpSocket();
    }

    GovernedFolder folder() {
        return folder;
    }

    BenchmarkDaemon daemon() {
        return daemon;
    }

    /** A folder beside the project's. */
    Path beside(String name) {
        return home.path().resolve(name);
    }

    /** Runs clients against it, and records its CPU time for a request. */
    Summary load(Figures figures, int clients, boolean keepsConnections, int expected, List<byte[]> requests)
            throws IOException {
        long before = daemon.cpuTicks();
        Summary summary = figures.load(clients).http(socket(), keepsConnections, expected, requests);
        double span = 1.5 * summary.count() / summary.perSecond();
        return summary.withCpu((daemon.cpuTicks() - before) * 10_000 / (span * summary.perSecond()));
    }

    /** Takes a figure like {@link Figures#repeat}, and records the daemon's CPU time for each run. */
    void repeat(Figures figures, String what, int times, Figures.Step step) throws IOException {
        Figures.repeated(times, step);
        figures.take(what, () -> {
            long before = daemon.cpuTicks();
            Summary summary = Figures.repeated(times, step);
            return summary.withCpu((daemon.cpuTicks() - before) * 10_000.0 / times);
        });
    }

    /** The daemon's current and peak memory. */
    String memory() throws IOException {
        return "resident " + daemon.residentMib() + " MiB, at most " + daemon.peakResidentMib() + " MiB";
    }

    @Override
    public void close() throws IOException {
        try {
            daemon.close();
        } finally {
            home.close();
        }
    }
}
