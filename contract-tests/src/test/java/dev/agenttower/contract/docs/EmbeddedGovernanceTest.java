package dev.agenttower.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.change.proposal.ChangePreview;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.policy.ActionOutcome;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.workspace.ProjectWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the very lines that docs/embedding.md shows of governance. */
final class EmbeddedGovernanceTest {
    @Test
    void a_project_is_governed_without_a_daemon(@TempDir Path folder) throws IOException {
        List<String> said = new ArrayList<>();
        govern(folder, said::add);

        assertThat(said)
                .containsExactly(
                        "denied: sovereign_path_violation",
                        "--- a/_cortex/MASTER_PLAN.md\n+++ b/_cortex/MASTER_PLAN.md\n@@ -1,1 +1,2 @@\n # Master plan of"
                                + " shop\n+- a staging host\n",
                        "authorized",
                        "5 events, whole: true");
        assertThat(folder.resolve("_cortex/MASTER_PLAN.md")).hasContent("# Master plan of shop\n- a staging host\n");
    }

    private static void govern(Path folder, Consumer<String> out) throws IOException {
        // example: govern
        InstantSource clock = InstantSource.system();
        GovernedProject shop = new GovernedProject("shop", new ProjectWorkspace(folder, clock), clock);
        shop.recover();
        shop.scaffold().create("shop", true);

        String plan = "_cortex/MASTER_PLAN.md";
        Map<String, Object> edit = Map.of("file", plan, "content", "# Mine\n");
        ActionOutcome outcome = shop.actions()
                .handle(new ActionRequest(
                        "CLAUDE", "Developer", "SPEC-001", "edit", edit, "we need a host", false, null));
        out.accept(outcome.isAllowed() ? "done" : "denied: " + outcome.reason());

        Map<String, Object> line = Map.of("content", "- a staging host\n");
        String id = shop.changeSubmission()
                .submit(new SubmitChange("CLAUDE", "Developer", null, null, plan, "append", "we need a host", line))
                .request()
                .id();

        ChangePreview seen = shop.changeReview().preview(id, Map.of());
        out.accept(seen.diff());
        out.accept(shop.changeDecision()
                .authorize(new AuthorizeChange(id, seen.currentSha256(), seen.resultSha256(), Map.of()))
                .status());

        Integrity ledger = shop.ledger().verify();
        out.accept(ledger.events() + " events, whole: " + ledger.valid());
        // end
    }

    @Test
    void what_a_rule_forbids_is_refused_with_a_kind(@TempDir Path folder) throws IOException {
        InstantSource clock = InstantSource.system();
        GovernedProject shop = new GovernedProject("shop", new ProjectWorkspace(folder, clock), clock);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> shop.changeDecision().reject("scr_1", "no"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(shop.policyReview().problems()).hasSize(2);
    }

    @Test
    void the_document_shows_these_lines() throws IOException {
        ShownLines.assertShown("embedding.md", EmbeddedGovernanceTest.class, "govern");
    }
}
