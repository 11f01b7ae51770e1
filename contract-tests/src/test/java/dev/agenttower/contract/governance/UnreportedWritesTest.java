package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.change.KnownChanges;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.change.proposal.SubmittedChange;
import dev.agenttower.core.governance.drift.InMemoryBaselineStore;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.registry.Workspace;
import dev.agenttower.core.governance.request.FileRequest;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.workspace.ProjectWorkspace;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in its file and not on the ledger is told while the daemon runs on. */
class UnreportedWritesTest {
    @TempDir
    Path folder;

    private @Nullable RuntimeException storeTrouble;
    private @Nullable Throwable ledgerTrouble;
    private GovernedProject project;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("_cortex"));
        InstantSource clock = InstantSource.system();
        Workspace workspace = new ProjectWorkspace(folder, clock);
        Ledger ledger = (Ledger) proxy(Ledger.class, (method, arguments) -> {
            if (method.getName().equals("append") && ledgerTrouble != null) {
                throw ledgerTrouble;
            }
            return method.invoke(workspace.ledger(), arguments);
        });
        PromiseStore store = new InMemoryPromiseStore();
        PromiseStore promises = (PromiseStore) proxy(PromiseStore.class, (method, arguments) -> {
            if (storeTrouble != null) {
                throw storeTrouble;
            }
            return method.invoke(store, arguments);
        });
        Workspace troubled = (Workspace) proxy(
                Workspace.class,
                (method, arguments) ->
                        method.getName().equals("ledger") ? ledger : method.invoke(workspace, arguments));
        project = new GovernedProject(
                "p",
                troubled,
                clock,
                RunningProcesses.unknown(),
                new InMemoryBaselineStore(),
                promises,
                "p",
                KnownChanges.unchecked());
        project.recover();
    }

    private interface Call {
        @Nullable Object of(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static Object proxy(Class<?> type, Call call) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return call.of(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private SubmittedChange propose() {
        return project.changeSubmission()
                .submit(SubmitChange.of(Map.of(
                        "agent", "CLAUDE",
                        "role", "Developer",
                        "target_path", "_cortex/MASTER_PLAN.md",
                        "change_type", "append",
                        "content", "more\n")));
    }

    private List<Object> told(String type) {
        return project.ledger().select(LedgerFilter.ofType(type), 0, null).stream()
                .map(event -> (Object) event.description())
                .toList();
    }

    @Test
    void a_proposal_that_cannot_be_told_is_not_in_the_queue() {
        ledgerTrouble = new LedgerException("full", null);
        assertThatThrownBy(this::propose).hasMessage("full");
        assertThat(project.changeReview().list(null)).isEmpty();
        ledgerTrouble = null;
        assertThat(propose().isNew()).isTrue();
        project.check();
        assertThat(told("sovereign_change_proposed")).hasSize(1);
    }

    @Test
    void a_proposal_that_cannot_be_noted_is_not_in_the_queue() {
        storeTrouble = new StorageException("full", new IOException("full"));
        assertThatThrownBy(this::propose).hasMessage("full");
        storeTrouble = null;
        assertThat(project.changeReview().list(null)).isEmpty();
        assertThat(propose().isNew()).isTrue();
        assertThat(told("sovereign_change_proposed")).hasSize(1);
    }

    @Test
    void a_proposal_that_was_cut_off_before_its_event_is_told_when_it_is_made_again() {
        ledgerTrouble = new OutOfMemoryError("cut");
        assertThatThrownBy(this::propose).hasMessage("cut");
        ledgerTrouble = null;
        assertThat(propose().isNew()).isFalse();
        assertThat(propose().isNew()).isFalse();
        assertThat(told("sovereign_change_proposed")).hasSize(1);
    }

    @Test
    void what_was_cut_off_before_its_event_is_told_by_the_next_look() {
        String id = propose().request().id();
        ledgerTrouble = new OutOfMemoryError("cut");
        assertThatThrownBy(() -> project.changeDecision().reject(id, "no")).hasMessage("cut");
        assertThatThrownBy(() -> project.requests()
                        .file(new FileRequest("Developer", "CLAUDE", "Architect", "t", "d", "HIGH", "BUG", List.of())))
                .hasMessage("cut");
        ledgerTrouble = null;
        project.check();
        project.check();
        assertThat(told("sovereign_change_rejected")).hasSize(1);
        assertThat(told("request_filed")).hasSize(1);
    }

    @Test
    void a_proposal_that_was_cut_off_is_told_by_the_next_look() {
        ledgerTrouble = new OutOfMemoryError("cut");
        assertThatThrownBy(this::propose).hasMessage("cut");
        ledgerTrouble = null;
        project.check();
        project.check();
        assertThat(told("sovereign_change_proposed")).hasSize(1);
    }
}
