package dev.agenttower.benchmarks;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.workspace.ledger.FileLedger;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Durable appends by eight writers: to the ledger in this process, and through the daemon. */
final class AppendFigures {
    private static final int WRITERS = 8;

    private AppendFigures() {}

    static void take(Figures figures) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            FileLedger ledger = new FileLedger(folder.path().resolve("events.jsonl"), InstantSource.system());
            figures.take(
                    "append, " + WRITERS + " writers, the ledger itself",
                    () -> figures.load(WRITERS).run(writer -> turn -> ledger.append(LedgerOfEvents.draft(turn))));
        }
        try (GovernedDaemon daemon = GovernedDaemon.start()) {
            List<byte[]> requests = requests();
            figures.take(
                    "append, " + WRITERS + " writers, POST /api/ads/log, kept connections",
                    () -> daemon.load(figures, WRITERS, true, 200, requests));
            figures.take(
                    "append, " + WRITERS + " writers, POST /api/ads/log, a connection each",
                    () -> daemon.load(figures, WRITERS, false, 200, requests));
        }
    }

    private static List<byte[]> requests() {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            EventDraft draft = LedgerOfEvents.draft(i);
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event_id", "evt_20260101_000000_000_note_" + i);
            event.put("ts", "2026-01-01T00:00:00.000001Z");
            event.put("agent", draft.agent());
            event.put("role", draft.role());
            event.put("action_type", "note");
            event.put("description", draft.description());
            event.put("spec_ref", "SPEC-" + i % 500);
            event.put("authorized", true);
            requests.add(BareClient.send("POST", "/api/ads/log", JsonForm.line(event)));
        }
        return requests;
    }
}
