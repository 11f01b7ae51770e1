package dev.agenttower.benchmarks;

import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.workspace.ledger.FileLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Verification and reading of a long ledger. */
final class LedgerFigures {
    private LedgerFigures() {}

    static void take(Figures figures, long events) throws IOException {
        try (GovernedDaemon daemon = GovernedDaemon.start()) {
            Path file = daemon.folder().ledger();
            LedgerOfEvents.write(file, events);
            figures.print("the ledger", events + " events, " + Files.size(file) / (1 << 20) + " MiB");
            verification(figures, file, events);
            figures.print("memory of the daemon before", daemon.memory());
            try (BareClient client = new BareClient(daemon.socket(), true)) {
                read(figures, daemon, client, "the newest 20", 200, "cursor=end&limit=20");
                read(
                        figures,
                        daemon,
                        client,
                        "the newest 20 of one agent in 40",
                        200,
                        "cursor=end&limit=20&agent=AGENT-7");
                read(figures, daemon, client, "the newest 20 of what is rare", 1, rare());
                figures.print("memory of the daemon after these", daemon.memory());
                read(figures, daemon, client, "array, the first 20", 20, "limit=20");
                read(figures, daemon, client, "array, 20 in the middle", 1, "limit=20&offset=" + events / 2);
                read(figures, daemon, client, "array, the last 20", 1, "limit=20&offset=" + (events - 20));
                figures.print("memory of the daemon after these", daemon.memory());
                read(figures, daemon, client, "array, all", 1, "");
                figures.print("memory of the daemon after it", daemon.memory());
                daemon.repeat(figures, "GET /api/ads/integrity", 1, () -> expect(client, "/api/ads/integrity"));
                figures.print("memory of the daemon after it", daemon.memory());
                daemon.repeat(
                        figures, "GET /api/projects (counts the events)", 20, () -> expect(client, "/api/projects"));
                read(figures, daemon, client, "the newest 20, again", 200, "cursor=end&limit=20");
                figures.print("memory of the daemon at the end", daemon.memory());
            }
        }
    }

    private static void verification(Figures figures, Path file, long events) throws IOException {
        FileLedger ledger = new FileLedger(file, InstantSource.system());
        figures.repeat("verification of the ledger itself", 1, () -> {
            Integrity integrity = ledger.verify();
            if (!integrity.valid() || integrity.events() != events) {
                throw new IllegalStateException("not valid: " + integrity);
            }
        });
    }

    private static String rare() {
        return "cursor=end&limit=20&action_type=" + LedgerOfEvents.RARE;
    }

    private static void read(
            Figures figures, GovernedDaemon daemon, BareClient client, String what, int times, String query)
            throws IOException {
        daemon.repeat(figures, what, times, () -> expect(client, "/api/ads/events?" + query));
    }

    private static void expect(BareClient client, String target) throws IOException {
        int status = client.call(BareClient.get(target));
        if (status != 200) {
            throw new IOException(target + " answered " + status);
        }
    }
}
