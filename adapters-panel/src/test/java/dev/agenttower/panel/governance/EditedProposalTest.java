package dev.agenttower.panel.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.core.json.MalformedJsonException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EditedProposalTest {
    private static final Proposal MERGE =
            new Proposal.JsonMerge(JsonText.parseWhole("{\"a\":{\"b\":1,\"c\":2},\"d\":[3],\"e\":\"same\"}"));

    @Test
    void a_form_gives_back_what_was_put_into_it() {
        Proposal patch = new Proposal.Patch("\none\n\ttwo", "three\nfour\n");
        EditedProposal texts = EditedProposal.of(patch).orElseThrow();

        EditedProposal submitted = EditedProposal.ofForm(Map.of(
                "old_text", texts.oldText().replace("\n", "\r\n"),
                "new_text", texts.newText().replace("\n", "\r\n"))::get);

        assertThat(submitted.like(patch)).isEqualTo(patch);
        assertThat(EditedProposal.of(MERGE).orElseThrow().like(MERGE)).isEqualTo(MERGE);
    }

    @Test
    void what_a_form_would_change_is_not_put_into_one() {
        assertThat(EditedProposal.of(new Proposal.Append("a\r\nb"))).isEmpty();
        assertThat(EditedProposal.of(new Proposal.Append("a\0b"))).isEmpty();
        assertThat(EditedProposal.of(new Proposal.FullReplace("a\ud800b"))).isEmpty();
        assertThat(EditedProposal.of(null)).isEmpty();
        assertThat(EditedProposal.of(new Proposal.Append("a\u202Eb"))).isPresent();
    }

    @Test
    void what_is_merged_must_be_an_object() {
        assertThatThrownBy(() -> new EditedProposal(null, "{\"a\":").like(MERGE))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> new EditedProposal(null, "[1]").like(MERGE))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("object");
    }

    @Test
    void a_merge_is_shown_as_the_keys_it_adds_and_changes() {
        String diff = """
                --- a/x.json
                +++ b/x.json
                @@ -1,7 +1,9 @@
                 {
                   "a": {
                -    "b": 0
                +    "b": 1,
                +    "c": 2
                   },
                +  "d": [3],
                   "e": "same",
                   "kept": true
                 }
                """;
        String result =
                "{\n  \"a\": {\n    \"b\": 1,\n    \"c\": 2\n  },\n  \"d\": [3],\n  \"e\": \"same\",\n  \"kept\": true\n}";
        ChangePreview preview = new ChangePreview(
                "scr",
                "x.json",
                "json_merge",
                "pending",
                true,
                null,
                diff,
                result,
                null,
                null,
                null,
                false,
                JsonText.object());

        assertThat(MergedKey.of(((Proposal.JsonMerge) MERGE).data(), preview))
                .containsExactly(
                        new MergedKey("a > b", "0", "1"),
                        new MergedKey("a > c", null, "2"),
                        new MergedKey("d", null, "[3]"));
    }
}
