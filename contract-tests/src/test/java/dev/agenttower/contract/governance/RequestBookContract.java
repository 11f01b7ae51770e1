package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.ReportedWrites;
import dev.agenttower.core.governance.request.CrossRequest;
import dev.agenttower.core.governance.request.CrossRoleRequests;
import dev.agenttower.core.governance.request.FileRequest;
import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.core.governance.request.RequestReceipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link RequestBook} must do, and what the requests in it look like. */
abstract class RequestBookContract {
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private RequestBook book;
    private CrossRoleRequests desk;

    abstract RequestBook book();

    @BeforeEach
    void open() {
        book = book();
        desk = new CrossRoleRequests(
                book,
                new ReportedWrites(new InMemoryPromiseStore(), "p", "requests", ledger),
                InstantSource.fixed(Instant.parse("2026-02-20T15:04:59Z")));
    }

    @Test
    void an_entry_has_the_form_that_others_read() {
        RequestReceipt receipt = desk.file(FileRequest.of(Map.of(
                "from_role", "Backend_Engineer",
                "from_agent", "TEST_AGENT",
                "to_role", "Systems_Architect",
                "title", "A title",
                "description", "First\nsecond",
                "related_specs", List.of("SPEC-1", "SPEC-2"))));

        assertThat(receipt.id()).isEqualTo("REQ-001");
        assertThat(book.text())
                .isEqualTo("# Cross-Role Requests\n"
                        + "\n\n---\n\n## REQ-001: A title\n\n**From:** Backend_Engineer (TEST_AGENT)\n"
                        + "**To:** @Systems_Architect\n**Date:** 2026-02-20 15:04 UTC\n**Type:** SPEC_REQUEST\n"
                        + "**Priority:** MEDIUM\n**Related Specs:** SPEC-1, SPEC-2\n\n### Description\n\nFirst\nsecond\n\n"
                        + "### Status\n\n**OPEN**\n");
        assertThat(desk.list(null))
                .containsExactly(new CrossRequest(
                        "REQ-001",
                        "A title",
                        "OPEN",
                        "Backend_Engineer (TEST_AGENT)",
                        "Backend_Engineer",
                        "Systems_Architect",
                        "2026-02-20 15:04 UTC",
                        "SPEC_REQUEST",
                        "MEDIUM",
                        List.of("SPEC-1", "SPEC-2"),
                        "First\nsecond"));
        LedgerEvent event = ledger.events().get(0);
        assertThat(event.description()).isEqualTo("Filed REQ-001: A title targeting Systems_Architect.");
        assertThat(event.data("to_role")).isEqualTo("Systems_Architect");
    }

    @Test
    void a_hundred_at_once_get_a_hundred_numbers_in_sequence() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(16);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                FileRequest request = request("title " + i, "text " + i);
                work.add(() -> desk.file(request).id());
            }
            for (Future<String> id : agents.invokeAll(work)) {
                assertThat(id.get()).startsWith("REQ-");
            }
        } finally {
            agents.shutdownNow();
        }
        assertThat(desk.list(null))
                .extracting(CrossRequest::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                        .mapToObj(number -> String.format("REQ-%03d", number))
                        .toList());
        assertThat(desk.list(null))
                .allSatisfy(request -> assertThat(request.description())
                        .isEqualTo(request.title().replace("title", "text")));
    }

    @Test
    void numbers_go_on_after_the_highest() {
        book.exclusively(writing -> {
            writing.save("# Requests\n\n## REQ-1041: old\n\n**Status:** DONE by hand\n");
            return true;
        });
        assertThat(desk.file(request("t", "d")).id()).isEqualTo("REQ-1042");
        assertThat(desk.find("REQ-1041").status()).isEqualTo("DONE by hand");
        assertThat(desk.find("REQ-1041").to()).isEqualTo("ALL");
        assertThat(desk.find("REQ-1041").type()).isNull();
        assertThat(desk.find("REQ-1041").priority()).isNull();
        assertThat(desk.find("REQ-1041").relatedSpecs()).isEmpty();
    }

    @Test
    void both_ends_may_change_the_status_and_nobody_else() {
        desk.file(request("one", ""));
        desk.file(request("two", ""));

        assertThat(desk.update("REQ-001", "A", "to_role", "in_progress")
                        .status()
                        .name())
                .isEqualTo("IN_PROGRESS");
        assertThat(desk.update("REQ-001", "A", "From_Role", "WITHDRAWN")
                        .status()
                        .name())
                .isEqualTo("WITHDRAWN");
        assertThatThrownBy(() -> desk.update("REQ-001", "A", "Other", "COMPLETED"))
                .hasMessage("Request REQ-001 is addressed to To_Role, not Other");
        assertThatThrownBy(() -> desk.update("REQ-001", "A", "To_Role", "DONE")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> desk.update("REQ-.*", "A", "To_Role", "COMPLETED"))
                .hasMessage("Request REQ-.* not found or status section missing");
        assertThat(desk.list(null)).extracting(CrossRequest::status).containsExactly("WITHDRAWN", "OPEN");
    }

    @Test
    void only_the_status_of_that_entry_is_touched() {
        book.exclusively(writing -> {
            writing.save("## REQ-001: no status\n\n**To:** @A\n\n---\n\n## REQ-002: next\n\n**To:** @B\n\n"
                    + "### Status\n\n**OPEN** -- remark stays\n");
            return true;
        });
        assertThatThrownBy(() -> desk.update("REQ-001", "X", "A", "COMPLETED"))
                .hasMessage("Request REQ-001 not found or status section missing");
        desk.update("REQ-002", "X", "B", "COMPLETED");
        assertThat(book.text()).contains("**To:** @B").endsWith("**COMPLETED** -- remark stays\n");
    }

    @Test
    void an_update_without_a_document_says_so() {
        assertThatThrownBy(() -> desk.update("REQ-001", "X", "A", "COMPLETED")).hasMessage("requests.md not found");
        assertThat(book.text()).isNull();
        assertThat(desk.list(null)).isEmpty();
    }

    private static FileRequest request(String title, String description) {
        return FileRequest.of(
                Map.of("from_role", "From_Role", "to_role", "@To_Role", "title", title, "description", description));
    }
}
