package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed at any step, a change is afterwards applied once with all its events, or pending with its file untouched. */
class KilledChangeTest {
    private static final String PLAN = "_cortex/MASTER_PLAN.md";

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource(ChangeStep.class)
    void is_whole_or_not_at_all(ChangeStep step) throws Exception {
        ChangeWorkbench before = ChangeWorkbench.inDirectory(root);
        before.files().write(PLAN, "plan\n");
        String id = before.submit(PLAN, "append", "content", "more\n");

        assertThat(KilledProcess.run(KilledChange.class, root.toString(), id, step.name()))
                .isEqualTo(KilledProcess.KILLED);

        ChangeWorkbench after = ChangeWorkbench.inDirectory(root);
        after.recovery().recover();
        after.recovery().recover();
        boolean isApplied = step.compareTo(ChangeStep.TARGET_REPLACED) >= 0;
        assertThat(root.resolve(PLAN)).hasContent(isApplied ? "plan\nmore\n" : "plan\n");
        assertThat(after.review().find(id).status()).isEqualTo(isApplied ? "authorized" : "pending");
        assertThat(after.ledger().verify().errors()).isEmpty();
        assertThat(trail(after))
                .isEqualTo(
                        isApplied
                                ? List.of(
                                        "sovereign_change_proposed",
                                        "sovereign_change_authorized",
                                        "sovereign_change_applied")
                                : List.of("sovereign_change_proposed"));
        assertThat(leftOvers()).isEmpty();
        if (!isApplied) {
            after.decision().authorize(AuthorizeChange.asProposed(id));
            assertThat(root.resolve(PLAN)).hasContent("plan\nmore\n");
        }
    }

    private static List<String> trail(ChangeWorkbench bench) {
        return bench.ledger().select(LedgerFilter.all(), 0, null).stream()
                .map(LedgerEvent::actionType)
                .toList();
    }

    private List<String> leftOvers() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".tmp") || name.contains("change-intents"))
                    .toList();
        }
    }
}
