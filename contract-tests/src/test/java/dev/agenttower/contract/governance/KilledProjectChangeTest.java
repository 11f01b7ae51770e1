package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.sqlite.Registry;
import dev.agenttower.sqlite.SqliteStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed at any step, an authorized change of a sovereign file is never taken for a drift, and a drift beside it never for authorized. */
class KilledProjectChangeTest {
    private static final String PLAN = "_cortex/MASTER_PLAN.md";

    @TempDir
    Path directory;

    private Path folder;
    private Path database;
    private SqliteStores stores;
    private GovernedProject project;

    @BeforeEach
    void register() throws IOException {
        folder = Files.createDirectory(directory.resolve("demo"));
        database = directory.resolve("state/agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        KilledProjectChange.projects(stores).add(folder.toString(), null);
        restart();
        project.scaffold().create("demo", false);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void restart() {
        stores.close();
        stores = SqliteStores.open(database);
        project = KilledProjectChange.projects(stores).select("demo", null);
    }

    private void kill(ChangeStep step, String subject) throws IOException, InterruptedException {
        assertThat(KilledProcess.run(KilledProjectChange.class, database.toString(), step.name(), subject))
                .isEqualTo(KilledProcess.KILLED);
    }

    private String submit() {
        return project.changeSubmission()
                .submit(SubmitChange.of(Map.of(
                        "agent", "CLAUDE",
                        "role", "Developer",
                        "target_path", PLAN,
                        "change_type", "append",
                        "content", "more\n")))
                .request()
                .id();
    }

    private List<String> drifts() {
        return project.ledger().select(LedgerFilter.ofType("sovereign_file_drift"), 0, null).stream()
                .map(event -> event.data("target_path") + " " + event.data("noticed"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(ChangeStep.class)
    void an_authorized_request(ChangeStep step) throws Exception {
        kill(step, submit());
        restart();
        restart();
        project.drift().check();
        assertThat(drifts()).isEmpty();
        assertThat(project.ledger().verify().errors()).isEmpty();
        Files.writeString(folder.resolve(PLAN), "by hand\n");
        project.drift().check();
        assertThat(drifts()).containsExactly(PLAN + " watch");
    }

    @ParameterizedTest
    @EnumSource(value = ChangeStep.class, mode = EnumSource.Mode.EXCLUDE, names = "QUEUE_WRITTEN")
    void an_update_of_the_policy(ChangeStep step) throws Exception {
        kill(step, "Developer");
        restart();
        restart();
        assertThat(drifts()).isEmpty();
        Files.delete(folder.resolve(PolicyFiles.JURISDICTIONS));
        restart();
        restart();
        assertThat(drifts()).containsExactly(PolicyFiles.JURISDICTIONS + " start");
    }

    @ParameterizedTest
    @EnumSource(ChangeStep.class)
    void what_is_put_into_the_file_while_nobody_is_there_is_a_drift_all_the_same(ChangeStep step) throws Exception {
        kill(step, submit());
        Files.writeString(folder.resolve(PLAN), "by hand\n");
        restart();
        restart();
        assertThat(drifts()).containsExactly(PLAN + " start");
        assertThat(folder.resolve(PLAN)).hasContent("by hand\n");
    }

    @Test
    void the_scaffold_is_no_drift_but_what_was_there_before_stays_watched() throws IOException {
        restart();
        assertThat(drifts()).isEmpty();
        Files.writeString(folder.resolve(PolicyFiles.SPECS), "{}");
        Files.delete(folder.resolve(PLAN));
        restart();
        project.scaffold().create("demo", false);
        restart();
        assertThat(drifts()).containsExactlyInAnyOrder(PLAN + " start", PolicyFiles.SPECS + " start");
        assertThat(project.ledger().select(LedgerFilter.ofType("project_init"), 0, null))
                .extracting(LedgerEvent::agent)
                .containsExactly("HUMAN", "HUMAN");
    }
}
