package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.application.RecoveredChange;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed at any step, an update of the policy is afterwards made once with its event, or not made at all. */
class KilledPolicyEditTest {
    private static final String BEFORE = "{\"jurisdictions\": {\"Developer\": [\"src/\"]}}";

    @TempDir
    Path root;

    @BeforeEach
    void write_the_policy() {
        bench().files().write(PolicyFiles.JURISDICTIONS, BEFORE);
    }

    private ChangeWorkbench bench() {
        try {
            return ChangeWorkbench.inDirectory(root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void kill(ChangeStep step) throws IOException, InterruptedException {
        assertThat(KilledProcess.run(KilledPolicyEdit.class, root.toString(), step.name()))
                .isEqualTo(KilledProcess.KILLED);
    }

    private List<String> types() {
        return bench().ledger().select(LedgerFilter.all(), 0, null).stream()
                .map(LedgerEvent::actionType)
                .toList();
    }

    private String path() {
        return bench().policy()
                .current()
                .roles()
                .get("Developer")
                .paths()
                .written()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(value = ChangeStep.class, mode = EnumSource.Mode.EXCLUDE, names = "QUEUE_WRITTEN")
    void is_whole_or_not_at_all(ChangeStep step) throws Exception {
        kill(step);

        ChangeWorkbench after = bench();
        List<RecoveredChange> recovered = after.recovery().recover();
        after.recovery().recover();
        boolean isApplied = step.compareTo(ChangeStep.TARGET_REPLACED) >= 0;
        if (step != ChangeStep.SETTLED) {
            assertThat(recovered)
                    .containsExactly(new RecoveredChange(
                            PolicyFiles.JURISDICTIONS,
                            isApplied ? RecoveredChange.Outcome.FINISHED : RecoveredChange.Outcome.UNDONE));
        }
        assertThat(types()).isEqualTo(isApplied ? List.of("governance_config_updated") : List.of());
        assertThat(path()).isEqualTo(isApplied ? "lib/" : "src/");
        assertThat(leftOvers()).isEmpty();

        after.editing().changeRole("Developer", Map.of("paths", List.of("doc/")));
        assertThat(path()).isEqualTo("doc/");
        assertThat(types()).hasSize(isApplied ? 2 : 1);
        assertThat(after.ledger().verify().errors()).isEmpty();
    }

    @Test
    void the_next_update_finishes_one_that_was_interrupted() throws Exception {
        kill(ChangeStep.TARGET_REPLACED);
        bench().editing().changeRole("Developer", Map.of("locked", true));
        List<LedgerEvent> events = bench().ledger().select(LedgerFilter.all(), 0, null);
        assertThat(types()).containsExactly("governance_config_updated", "governance_config_updated");
        assertThat(String.valueOf(events.get(0).fields().get("action_data")))
                .contains("src/")
                .contains("lib/");
        assertThat(String.valueOf(events.get(1).fields().get("action_data"))).doesNotContain("src/");
    }

    @Test
    void what_something_else_changed_since_is_left_alone_and_told() throws Exception {
        kill(ChangeStep.TEMPORARY_WRITTEN);
        bench().files().write(PolicyFiles.JURISDICTIONS, BEFORE.replace("src/", "mine/"));
        assertThat(bench().recovery().recover())
                .containsExactly(new RecoveredChange(PolicyFiles.JURISDICTIONS, RecoveredChange.Outcome.OVERTAKEN));
        assertThat(types()).containsExactly("governance_config_interrupted");
        assertThat(path()).isEqualTo("mine/");
        assertThat(leftOvers()).isEmpty();
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
