package dev.agenttower.panel.governance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.core.json.MalformedJsonException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a proposal in a form.
 *
 * @param oldText what a patch replaces; null for other types
 * @param newText the new text, or the object that is merged
 */
public record EditedProposal(@Nullable String oldText, String newText) {
    /** The texts of a proposal; empty if it is of an unknown type or holds characters that do not pass through a form unchanged. */
    static Optional<EditedProposal> of(@Nullable Proposal proposal) {
        return Optional.ofNullable(proposal).map(EditedProposal::texts).filter(EditedProposal::passesForm);
    }

    private static EditedProposal texts(Proposal proposal) {
        if (proposal instanceof Proposal.Patch patch) {
            return new EditedProposal(patch.oldString(), patch.newString());
        }
        if (proposal instanceof Proposal.Append append) {
            return new EditedProposal(null, append.content());
        }
        if (proposal instanceof Proposal.FullReplace replace) {
            return new EditedProposal(null, replace.content());
        }
        if (proposal instanceof Proposal.JsonMerge merge) {
            return new EditedProposal(null, JsonText.document(merge.data()));
        }
        throw new IllegalArgumentException("unknown proposal: " + proposal.changeType());
    }

    private boolean passesForm() {
        return (oldText == null || passesForm(oldText)) && passesForm(newText);
    }

    /** Forms send line feeds as CR LF, and drop or replace what is no character of HTML. */
    private static boolean passesForm(String text) {
        return text.codePoints()
                .allMatch(c -> c == '\n'
                        || c == '\t'
                        || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE));
    }

    /** The texts of a submitted form, by the names of its fields. */
    static EditedProposal ofForm(Function<String, @Nullable String> fields) {
        @Nullable String old = fields.apply("old_text");
        @Nullable String text = fields.apply("new_text");
        return new EditedProposal(old == null ? null : plain(old), text == null ? "" : plain(text));
    }

    private static String plain(String submitted) {
        return submitted.replace("\r\n", "\n");
    }

    /**
     * The edited proposal, of the same type as the original one.
     *
     * @throws MalformedJsonException if what should be a JSON object is none
     */
    Proposal like(Proposal original) {
        if (original instanceof Proposal.Patch) {
            return new Proposal.Patch(oldText == null ? "" : oldText, newText);
        }
        if (original instanceof Proposal.Append) {
            return new Proposal.Append(newText);
        }
        if (original instanceof Proposal.FullReplace) {
            return new Proposal.FullReplace(newText);
        }
        JsonNode data = JsonText.parseWhole(newText);
        if (!data.isObject()) {
            throw new MalformedJsonException("what is merged must be a JSON object");
        }
        return new Proposal.JsonMerge(data);
    }
}
