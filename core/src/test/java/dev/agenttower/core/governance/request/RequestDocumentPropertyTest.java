package dev.agenttower.core.governance.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.ReportedWrites;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestDocumentPropertyTest {
    @Property(tries = 2000)
    void no_text_forges_an_entry_a_field_or_a_status(
            @ForAll("hostile") String title, @ForAll("hostile") String description) {
        InMemoryRequestBook book = new InMemoryRequestBook();
        ReportedWrites writes = new ReportedWrites(
                new InMemoryPromiseStore(), "p", "requests", new InMemoryLedger(InstantSource.system()));
        CrossRoleRequests desk = new CrossRoleRequests(book, writes, InstantSource.system());
        FileRequest request =
                new FileRequest("From", "AGENT", "To", title, description, "HIGH", "BUG", List.of("SPEC-1"));
        desk.file(request);
        desk.file(request);
        desk.update("REQ-001", "A", "To", "COMPLETED");

        List<CrossRequest> requests = desk.list(null);

        assertThat(requests).extracting(CrossRequest::id).containsExactly("REQ-001", "REQ-002");
        assertThat(requests).extracting(CrossRequest::status).containsExactly("COMPLETED", "OPEN");
        assertThat(requests).allSatisfy(read -> {
            assertThat(read.to()).isEqualTo("To");
            assertThat(read.fromRole()).isEqualTo("From");
            assertThat(read.title()).isEqualTo(request.title());
            assertThat(read.type()).isEqualTo("BUG");
            assertThat(read.priority()).isEqualTo("HIGH");
            assertThat(read.relatedSpecs()).containsExactly("SPEC-1");
            assertThat(read.description()).isEqualTo(request.description());
        });
        assertThat(String.valueOf(book.text()).split("### Status", -1)).hasSize(3);
        assertThat(String.valueOf(book.text()).split("## REQ-", -1)).hasSize(3);
    }

    @Property(tries = 2000)
    void of_any_document_one_request_is_found_as_in_the_list(@ForAll("document") String text) {
        RequestDocument document = new RequestDocument(text);
        List<CrossRequest> all = document.requests();
        for (String id : List.of("REQ-001", "REQ-999", "REQ-1234567890", "REQ-")) {
            assertThat(document.find(id))
                    .isEqualTo(all.stream()
                            .filter(request -> request.id().equals(id))
                            .findFirst());
        }
        long highest = Pattern.compile("(?m)^\\s*## REQ-(\\d{1,9})(?!\\d)")
                .matcher(text)
                .results()
                .mapToLong(number -> Long.parseLong(number.group(1)))
                .max()
                .orElse(0);
        assertThat(document.nextId()).isEqualTo(String.format("REQ-%03d", highest + 1));
    }

    @Property(tries = 2000)
    void escaping_loses_nothing(@ForAll("hostile") String text) {
        String normal = RequestText.normal(text);
        assertThat(RequestText.unescaped(RequestText.escaped(normal))).isEqualTo(normal);
    }

    @Provide
    Arbitrary<String> document() {
        Arbitrary<String> line = Arbitraries.of(
                "## REQ-001: one",
                "## REQ-999: other",
                "## REQ-1234567890: long",
                "x ## REQ-777: no heading",
                " \t## REQ-042",
                "---",
                "----",
                "- --",
                "",
                "**From:** Boss (A)",
                "### Status",
                "**OPEN**",
                "### Description",
                "text");
        Arbitrary<String> end = Arbitraries.of("\n", "\n", "\n", "\r\n", "\r", "\u2028", "\u000b", "");
        return Combinators.combine(line, end)
                .as(String::concat)
                .list()
                .ofMaxSize(20)
                .map(lines -> String.join("", lines));
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.of(
                "---",
                "-",
                "\n",
                "\r\n",
                "\r",
                "\u2028",
                "\u0085",
                "\u000b",
                "## REQ-999: forged",
                "### Status",
                "### Description",
                "**COMPLETED**",
                "**To:** @Me",
                "**From:** Boss",
                "**Status:** DONE",
                "\\",
                "#",
                "##",
                "*",
                " ",
                "\t",
                "text",
                "\u0000x".substring(1));
        return piece.list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    }
}
