package dev.agenttower.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.json.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The path of a change from its proposal to its file, and a long queue. */
final class ChangeFigures {
    private static final String CHANGES = "/api/governance/sovereign-requests";
    private static final int LONG_QUEUE = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Figures figures;
    private final GovernedDaemon daemon;
    private final BareClient client;
    private int steps;

    private ChangeFigures(Figures figures, GovernedDaemon daemon, BareClient client) {
        this.figures = figures;
        this.daemon = daemon;
        this.client = client;
    }

    static void take(Figures figures) throws IOException {
        try (GovernedDaemon daemon = GovernedDaemon.start();
                BareClient client = new BareClient(daemon.socket(), true)) {
            ChangeFigures changes = new ChangeFigures(figures, daemon, client);
            changes.lifecycle("in a short queue");
            changes.longQueue();
        }
    }

    private void lifecycle(String where) throws IOException {
        Files.writeString(plan(), "# Master plan\n\nStep 0.\n");
        steps = 0;
        daemon.repeat(figures, "submit, preview, authorize, " + where, 50, this::change);
    }

    private void change() throws IOException {
        String scr = CHANGES + "/" + submit("Step " + steps + ".", "Step " + (steps + 1) + ".");
        String preview = client.body(BareClient.get(scr + "/preview"));
        String seen = JSON.readTree(preview).path("current_sha256").asText();
        client.body(BareClient.send("PUT", scr, JsonForm.line(Map.of("action", "authorize", "expected_sha256", seen))));
        steps++;
    }

    private String submit(String from, String to) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("agent", "CLAUDE");
        body.put("role", "Role_01");
        body.put("target_path", "_cortex/MASTER_PLAN.md");
        body.put("change_type", "patch");
        body.put("description", "Go on with the plan");
        body.put("patch", Map.of("old_string", from, "new_string", to));
        String answer = client.body(BareClient.send("POST", CHANGES, JsonForm.line(body)));
        return JSON.readTree(answer).path("scr_id").asText();
    }

    /** Measures a queue of pending changes; for submissions, most changes are decided, which leaves room for more. */
    private void longQueue() throws IOException {
        writeQueue(0);
        daemon.repeat(figures, "list of " + LONG_QUEUE + " pending", 20, () -> get(CHANGES));
        daemon.repeat(figures, "one of " + LONG_QUEUE + " pending", 50, () -> get(CHANGES + "/" + id(LONG_QUEUE / 2)));
        daemon.repeat(
                figures, "statusline with " + LONG_QUEUE + " pending", 50, () -> get("/api/governance/statusline"));
        writeQueue(LONG_QUEUE * 3 / 4);
        daemon.repeat(figures, "submit to a queue of " + LONG_QUEUE, 20, () -> submit("Step", "Step " + steps++));
        writeQueue(LONG_QUEUE * 3 / 4);
        lifecycle("in a queue of " + LONG_QUEUE);
        figures.print("memory of the daemon afterwards", daemon.memory());
    }

    private void get(String target) throws IOException {
        client.call(BareClient.get(target));
    }

    private void writeQueue(int decided) throws IOException {
        List<Map<String, Object>> requests = new ArrayList<>();
        for (int i = 0; i < LONG_QUEUE; i++) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("id", id(i));
            request.put("ts", "2026-01-01T00:00:00.000001Z");
            request.put("agent", "CLAUDE");
            request.put("role", "Role_01");
            request.put("spec_ref", "SPEC-001");
            request.put("intent_id", null);
            request.put("target_path", "_cortex/MASTER_PLAN.md");
            request.put("change_type", "append");
            request.put("description", "Something that the plan should say in the end, number " + i);
            request.put("status", i < decided ? "rejected" : "pending");
            request.put("authorized_by", null);
            request.put("authorized_at", null);
            request.put("content", "Line " + i + " of what the plan should say.\n".repeat(10));
            request.put("target_sha256", "0".repeat(64));
            requests.add(request);
        }
        Files.writeString(
                daemon.folder().root().resolve("_cortex/ops/sovereign_requests.json"),
                JsonForm.pretty(Map.of("requests", requests)));
    }

    private Path plan() {
        return daemon.folder().root().resolve("_cortex/MASTER_PLAN.md");
    }

    private static String id(int number) {
        return String.format("scr_20260101_000000_%03d", number + 1);
    }
}
