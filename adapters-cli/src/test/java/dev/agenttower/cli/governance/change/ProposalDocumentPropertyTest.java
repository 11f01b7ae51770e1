package dev.agenttower.cli.governance.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProposalDocumentPropertyTest {
    /** The word that a document takes first, which whoever writes the proposal cannot know; here it is known, to have the worst texts. */
    private static final String FIRST_WORD = ProposalDocument.of(change(), new Proposal.Append(""), new Random(7))
            .text()
            .replaceFirst("(?s).*==== end ([0-9a-f]{8}) ====\n$", "$1");

    private static SovereignChange change() {
        return new SovereignChange(
                "scr_1",
                "t",
                "A\n==== old",
                "R",
                null,
                null,
                "config/specs.json",
                "patch",
                null,
                "",
                "pending",
                null,
                null,
                null,
                false,
                JsonText.object());
    }

    private static ProposalDocument document(Proposal proposal) {
        return ProposalDocument.of(change(), proposal, new Random(7));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> lines = Arbitraries.of(
                "",
                "a",
                "# a",
                "\r",
                "==== old ====",
                "==== new " + FIRST_WORD + " ====",
                "==== end " + FIRST_WORD + " ====",
                FIRST_WORD,
                "\t\u202e\u001b[0m",
                "𝄞");
        return lines.list().ofMaxSize(6).map(list -> String.join("\n", list));
    }

    @Property
    void every_proposal_is_read_as_it_was_written(@ForAll("proposals") Proposal proposal) {
        ProposalDocument document = document(proposal);

        assertThat(document.read(document.text())).isEqualTo(proposal);
    }

    @Provide
    Arbitrary<Proposal> proposals() {
        return Arbitraries.oneOf(
                Combinators.combine(texts(), texts()).as(Proposal.Patch::new),
                texts().map(Proposal.Append::new),
                texts().map(Proposal.FullReplace::new),
                Combinators.combine(texts(), texts())
                        .as((key, value) ->
                                new Proposal.JsonMerge(JsonText.object().put(key, value))));
    }

    @Property
    void what_is_put_in_the_place_of_the_new_text_is_what_is_proposed(
            @ForAll("texts") String old, @ForAll("texts") String before, @ForAll("texts") String after) {
        ProposalDocument original = document(new Proposal.Patch(old, before + FIRST_WORD));
        ProposalDocument changed = document(new Proposal.Patch(old, after + FIRST_WORD));
        // Both have the same words, because the first is taken in both.
        String tail = changed.text()
                .substring(changed.text().indexOf("\n==== new ", changed.text().indexOf("\n==== old ") + 1));
        String head = original.text()
                .substring(
                        0,
                        original.text().indexOf("\n==== new ", original.text().indexOf("\n==== old ") + 1));

        if (!old.contains("==== new ")) {
            assertThat(original.read(head + tail)).isEqualTo(new Proposal.Patch(old, after + FIRST_WORD));
        }
    }

    @Property
    void a_document_that_was_cut_is_refused_or_says_the_same(
            @ForAll("proposals") Proposal proposal, @ForAll Random random) {
        ProposalDocument document = document(proposal);
        String cut = document.text().substring(0, random.nextInt(document.text().length()));

        try {
            assertThat(document.read(cut)).isEqualTo(proposal);
        } catch (UnreadableDocumentException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
