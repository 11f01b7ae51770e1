package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.contract.governance.KilledDecision.Action;
import dev.agenttower.contract.governance.KilledDecision.Step;
import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.request.CrossRequest;
import dev.agenttower.core.governance.request.FileRequest;
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

/** Killed at any step, a decision or a request is afterwards in its file and on the ledger, or in neither. */
class KilledDecisionTest {
    private static final String QUEUE = "_cortex/ops/sovereign_requests.json";

    @TempDir
    Path directory;

    private Path database;
    private SqliteStores stores;
    private GovernedProject project;

    @BeforeEach
    void register() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("demo"));
        database = directory.resolve("state/agenttower.sqlite3");
        Registry.prepare(database);
        stores = SqliteStores.open(database);
        KilledProjectChange.projects(stores).init(folder.toString(), null, false);
        restart();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void restart() {
        stores.close();
        stores = SqliteStores.open(database);
        project = KilledProjectChange.projects(stores).select("demo", () -> null);
    }

    private void kill(Step step, Action action, String id) throws IOException, InterruptedException {
        assertThat(KilledProcess.run(KilledDecision.class, database.toString(), step.name(), action.name(), id))
                .isEqualTo(KilledProcess.KILLED);
        restart();
        restart();
        assertThat(project.ledger().verify().errors()).isEmpty();
    }

    private static boolean isWritten(Step step) {
        return step.compareTo(Step.WRITTEN) >= 0;
    }

    private String submit() {
        return project.changeSubmission()
                .submit(SubmitChange.of(Map.of(
                        "agent", "CLAUDE",
                        "role", "Developer",
                        "target_path", "_cortex/MASTER_PLAN.md",
                        "change_type", "append",
                        "content", "more\n")))
                .request()
                .id();
    }

    private List<LedgerEvent> told(String type) {
        return project.ledger().select(LedgerFilter.ofType(type), 0, null);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_rejection(Step step) throws Exception {
        String id = submit();
        kill(step, Action.REJECT, id);
        assertThat(project.changeReview().find(id).status()).isEqualTo(isWritten(step) ? "rejected" : "pending");
        assertThat(told("sovereign_change_rejected"))
                .extracting(event -> event.data("scr_id") + " " + event.agent() + " " + event.data("reason"))
                .isEqualTo(isWritten(step) ? List.of(id + " HUMAN no") : List.of());
        if (!isWritten(step)) {
            assertThat(project.changeDecision()
                            .authorize(AuthorizeChange.asProposed(id))
                            .status())
                    .isEqualTo("authorized");
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_withdrawal(Step step) throws Exception {
        String id = submit();
        kill(step, Action.WITHDRAW, id);
        assertThat(project.changeReview().find(id).status()).isEqualTo(isWritten(step) ? "withdrawn" : "pending");
        assertThat(told("sovereign_change_withdrawn"))
                .extracting(event -> event.data("scr_id") + " " + event.agent() + " " + event.role())
                .isEqualTo(isWritten(step) ? List.of(id + " CLAUDE Developer") : List.of());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void the_filing_of_a_request(Step step) throws Exception {
        kill(step, Action.FILE, "-");
        assertThat(project.requests().list(null))
                .extracting(CrossRequest::id)
                .isEqualTo(isWritten(step) ? List.of("REQ-001") : List.of());
        assertThat(told("request_filed"))
                .extracting(event -> event.data("req_id") + " " + event.agent())
                .isEqualTo(isWritten(step) ? List.of("REQ-001 CLAUDE") : List.of());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void what_a_human_asks(Step step) throws Exception {
        kill(step, Action.FEEDBACK, "-");
        assertThat(project.requests().list(null)).hasSize(isWritten(step) ? 1 : 0);
        assertThat(told("request_submitted"))
                .extracting(LedgerEvent::agent)
                .isEqualTo(isWritten(step) ? List.of("HUMAN") : List.of());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void the_status_of_a_request(Step step) throws Exception {
        project.requests()
                .file(new FileRequest("Developer", "CLAUDE", "Architect", "t", "d", "HIGH", "BUG", List.of()));
        kill(step, Action.STATUS, "REQ-001");
        assertThat(project.requests().find("REQ-001").status()).isEqualTo(isWritten(step) ? "IN_PROGRESS" : "OPEN");
        assertThat(told("request_status_updated")).hasSize(isWritten(step) ? 1 : 0);
    }

    @Test
    void nothing_is_signed_for_a_decision_that_somebody_else_wrote_into_the_queue() throws IOException {
        String id = submit();
        Path queue = directory.resolve("demo").resolve(QUEUE);
        Files.writeString(queue, Files.readString(queue).replace("\"pending\"", "\"rejected\""));
        restart();
        assertThat(told("sovereign_change_rejected")).isEmpty();
        assertThatThrownBy(() -> project.changeDecision().reject(id, "no")).hasMessage("SCR is already external");
        assertThat(told("sovereign_change_rejected")).isEmpty();
    }
}
