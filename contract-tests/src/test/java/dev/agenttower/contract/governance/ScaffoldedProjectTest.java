package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.change.PolicyEditing;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.policy.ActionOutcome;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.policy.ActionRequests;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicyDecision;
import dev.agenttower.core.governance.policy.PolicyReview;
import dev.agenttower.core.governance.policy.RoleView;
import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectScaffold;
import dev.agenttower.workspace.drift.WorkspaceFreshFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import dev.agenttower.workspace.role.WorkspaceActiveRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project from its first file on, in a directory. */
class ScaffoldedProjectTest {
    @TempDir
    Path root;

    @Test
    void a_fresh_project_can_be_worked_in_at_once() throws IOException {
        Files.writeString(root.resolve("Cargo.toml"), "");
        ChangeWorkbench bench = scaffolded();

        ActionOutcome allowed = action(bench, "Developer", "benches/x.rs");
        ActionOutcome denied = action(bench, "Architect", "config/specs.json");

        assertThat(allowed.result()).containsEntry("status", "success");
        assertThat(root.resolve("benches/x.rs")).hasContent("text");
        assertThat(denied.reason()).isEqualTo("sovereign_path_violation");
        assertThat(new WorkspaceActiveRole(root).role()).contains("Architect");
        assertThat(new PolicyReview(bench.policy(), bench.ledger()).problems()).isEmpty();
        assertThat(new PolicyReview(bench.policy(), bench.ledger()).recentDenials())
                .hasSize(1);
    }

    @Test
    void what_exists_is_never_touched_and_a_second_time_nothing_happens() throws IOException {
        Files.createDirectories(root.resolve("config"));
        Files.writeString(root.resolve("config/specs.json"), "mine");
        ChangeWorkbench bench = scaffolded();
        assertThat(root.resolve("config/specs.json")).hasContent("mine");
        assertThat(scaffold(new WorkspaceFreshFiles(new WorkspaceTree(root)), bench.ledger()))
                .isEmpty();
        assertThat(bench.ledger().select(LedgerFilter.all(), 0, null))
                .extracting(LedgerEvent::actionType)
                .containsExactly("project_init");
        assertThat(scaffold(new InMemoryProject(), bench.ledger())).contains("config/specs.json");
    }

    @Test
    void a_human_edits_roles_and_specs() throws IOException {
        ChangeWorkbench bench = scaffolded();
        PolicyEditing editing = bench.editing();
        Files.createSymbolicLink(root.resolve("sly"), Path.of("config"));

        editing.changeRole(
                "Developer", Map.of("paths", List.of("src/", "config/", "tests/integration/"), "locked", true));

        PolicyReview review = new PolicyReview(bench.policy(), bench.ledger());
        RoleView developer = review.roles().get(1);
        assertThat(developer.paths()).containsExactly("src/", "config/", "tests/integration/");
        assertThat(developer.specs()).containsExactly("SPEC-001");
        assertThatThrownBy(() -> editing.changeRole("Developer", Map.of("locked", false)))
                .hasMessage("Role Developer is locked. Unlock first.");
        editing.changeRole("Developer", Map.of("unlock", true));
        for (String path : List.of("config/specs.json", "./config//dttp.json", ".", "..", "/etc", "sly", ".claude")) {
            assertThatThrownBy(() -> editing.changeRole("Developer", Map.of("paths", List.of(path))))
                    .hasMessage("Path " + path + " is a sovereign path and cannot be assigned to an agent role.");
        }
        assertThatThrownBy(() -> editing.changeRole("Developer", Map.of("paths", List.of())))
                .hasMessage("Role must have at least one jurisdiction path");
        assertThatThrownBy(() -> editing.changeRole("None", Map.of())).hasMessage("Role None not found");
        editing.changeSpec("SPEC-001", Map.of("roles", List.of("Ghost")));
        assertThat(review.conflicts()).extracting("type").contains("sovereign_conflict", "missing_jurisdiction");
        List<LedgerEvent> events = bench.ledger().select(LedgerFilter.ofType("governance_config_updated"), 0, null);
        assertThat(events)
                .extracting(LedgerEvent::description)
                .containsExactly(
                        "Updated jurisdiction for Developer.",
                        "Updated jurisdiction for Developer.",
                        "Updated role bindings for SPEC-001.");
    }

    private ChangeWorkbench scaffolded() throws IOException {
        ChangeWorkbench bench = ChangeWorkbench.inDirectory(root);
        scaffold(new WorkspaceFreshFiles(new WorkspaceTree(root)), bench.ledger());
        return bench;
    }

    private static List<String> scaffold(FreshFiles files, Ledger ledger) {
        return new ProjectScaffold(files, ledger).create("demo", true);
    }

    private ActionOutcome action(ChangeWorkbench bench, String role, String path) throws IOException {
        return new ActionRequests(
                        bench.policy(),
                        new PolicyDecision(new WorkspaceTree(root), Intents.none()),
                        bench.files(),
                        bench.ledger())
                .handle(new ActionRequest(
                        "CLAUDE",
                        role,
                        "SPEC-001",
                        "create",
                        Map.of("file", path, "content", "text"),
                        "because",
                        false,
                        null));
    }
}
