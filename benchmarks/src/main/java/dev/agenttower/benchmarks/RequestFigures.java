package dev.agenttower.benchmarks;

import dev.agenttower.core.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests between roles in a document of 5,000 entries. */
final class RequestFigures {
    private static final String REQUESTS = "/api/governance/requests";
    private static final int ENTRIES = 5000;

    private RequestFigures() {}

    static void take(Figures figures) throws IOException {
        try (GovernedDaemon daemon = GovernedDaemon.start();
                BareClient client = new BareClient(daemon.socket(), true)) {
            daemon.repeat(figures, "file, in a short document", 20, () -> file(client));
            write(daemon);
            daemon.repeat(figures, "file, " + ENTRIES + " entries", 20, () -> file(client));
            daemon.repeat(figures, "list of " + ENTRIES, 10, () -> client.call(BareClient.get(REQUESTS)));
            daemon.repeat(
                    figures,
                    "list of those of one role, of " + ENTRIES,
                    20,
                    () -> client.call(BareClient.get(REQUESTS + "?role=Role_07")));
            daemon.repeat(figures, "one of " + ENTRIES, 20, () -> client.call(BareClient.get(REQUESTS + "/REQ-2500")));
            daemon.repeat(
                    figures,
                    "status of one of " + ENTRIES,
                    20,
                    () -> client.body(BareClient.send(
                            "PUT",
                            REQUESTS + "/REQ-2500/status",
                            "{\"agent\":\"CLAUDE\",\"role\":\"Role_02\",\"status\":\"IN_PROGRESS\"}")));
            figures.print("memory of the daemon afterwards", daemon.memory());
        }
    }

    private static void file(BareClient client) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from_agent", "CLAUDE");
        body.put("from_role", "Role_01");
        body.put("to_role", "Role_02");
        body.put("title", "Something is needed");
        body.put("description", "The part that follows needs something.\n\nIt is not urgent.");
        body.put("type", "SPEC_REQUEST");
        body.put("priority", "MEDIUM");
        client.body(BareClient.send("POST", REQUESTS, JsonForm.line(body)));
    }

    private static void write(GovernedDaemon daemon) throws IOException {
        StringBuilder text = new StringBuilder("# Cross-Role Requests\n");
        for (int i = 1; i <= ENTRIES; i++) {
            text.append(String.format("""


            ---

            ## REQ-%03d: Something is needed in part %d

            **From:** Role_%02d (CLAUDE)
            **To:** @Role_%02d
            **Date:** 2026-01-01 10:00 UTC
            **Type:** SPEC_REQUEST
            **Priority:** MEDIUM

            ### Description

            The part that follows needs something, for reasons that take a line.

            It is not urgent.

            ### Status

            **OPEN**
            """, i, i, i % 49 + 1, (i + 1) % 49 + 1));
        }
        Files.writeString(daemon.folder().root().resolve("_cortex/requests.md"), text);
    }
}
