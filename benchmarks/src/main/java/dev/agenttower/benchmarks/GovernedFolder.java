package dev.agenttower.benchmarks;

import dev.agenttower.core.json.JsonForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a governed project with a policy of many roles and specs, all of them in use.
 *
 * @param root the folder
 */
record GovernedFolder(Path root) {
    private static final int ROLES = 50;
    private static final int SPECS = 500;
    private static final List<String> ACTIONS = List.of("edit", "patch", "delete", "git_commit");

    /** Writes the policy. */
    static GovernedFolder create(Path root) {
        Map<String, Object> roles = new LinkedHashMap<>();
        for (int i = 0; i < ROLES; i++) {
            roles.put(role(i), Map.of("paths", List.of("area" + i, "shared/part" + i, "docs/" + i + "/")));
        }
        Map<String, Object> specs = new LinkedHashMap<>();
        for (int i = 0; i < SPECS; i++) {
            int role = i % ROLES;
            Map<String, Object> spec = new LinkedHashMap<>();
            spec.put("title", "What is to be done in part " + i);
            spec.put("status", "approved");
            spec.put("roles", List.of(role(role), role((role + 1) % ROLES), role((role + 2) % ROLES)));
            spec.put("action_types", ACTIONS);
            spec.put("paths", List.of("area" + role + "/" + i, "shared/part" + role, "docs/" + role));
            specs.put(spec(i), spec);
        }
        try {
            for (String folder : List.of("config", "_cortex/ads", "_cortex/ops", "src")) {
                Files.createDirectories(root.resolve(folder));
            }
            Files.writeString(
                    root.resolve("config/jurisdictions.json"), JsonForm.pretty(Map.of("jurisdictions", roles)));
            Files.writeString(root.resolve("config/specs.json"), JsonForm.pretty(Map.of("specs", specs)));
            Files.writeString(root.resolve("config/dttp.json"), JsonForm.pretty(Map.of("name", "bench")));
            Files.writeString(root.resolve("_cortex/MASTER_PLAN.md"), "# Master plan\n\nFirst.\n");
            for (int i = 0; i < SPECS; i++) {
                Files.createDirectories(root.resolve("area" + i % ROLES + "/" + i + "/module"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + root, e);
        }
        return new GovernedFolder(root);
    }

    /** One decision request for each spec; allowed, as a dry run. */
    List<byte[]> dryRuns() {
        return decisions("module/main.py", true);
    }

    /** One decision request for each spec; denied, because the path is outside the role's jurisdiction. */
    List<byte[]> denials() {
        return decisions("../../../elsewhere/main.py", false);
    }

    private static List<byte[]> decisions(String file, boolean dryRun) {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < SPECS; i++) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("agent", "CLAUDE");
            body.put("role", role(i % ROLES));
            body.put("spec_id", spec(i));
            body.put("action", "edit");
            body.put("params", Map.of("file", "area" + i % ROLES + "/" + i + "/" + file, "content", "x = 1\n"));
            body.put("rationale", "The module lacks what part " + i + " asks for");
            body.put("dry_run", dryRun);
            requests.add(BareClient.send("POST", "/api/dttp/request", JsonForm.line(body)));
        }
        return requests;
    }

    /** Its ledger. */
    Path ledger() {
        return root.resolve("_cortex/ads/events.jsonl");
    }

    private static String role(int number) {
        return String.format("Role_%02d", number);
    }

    private static String spec(int number) {
        return String.format("SPEC-%03d", number);
    }
}
