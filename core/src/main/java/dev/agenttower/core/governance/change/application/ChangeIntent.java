package dev.agenttower.core.governance.change.application;

import dev.agenttower.core.governance.change.proposal.AuthorizedChange;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.PolicyEdit;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authorized change that is about to be applied, with the data that a restart needs to finish or undo it.
 *
 * @param change the change; a request already has its authorized state
 * @param beforeSha256 the SHA-256 of the file before; null when there is none
 * @param afterSha256 the SHA-256 of the file after
 * @param ledger a position on the ledger before its events
 */
public record ChangeIntent(
        AuthorizedChange change, @Nullable String beforeSha256, String afterSha256, LedgerCursor ledger) {
    /** The id, unique among the changes in progress. */
    public String id() {
        return change.id();
    }

    /** The file, relative to the root. */
    public String targetPath() {
        return change.targetPath();
    }

    /** The events of the change, in order. */
    public List<EventDraft> events() {
        return change.events(beforeSha256, afterSha256);
    }

    /** The recorded form of the intent: {@link #tree} as indented JSON. */
    public String text() {
        return JsonForm.pretty(tree());
    }

    private Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("target_path", targetPath());
        tree.put("before_sha256", beforeSha256);
        tree.put("after_sha256", afterSha256);
        tree.put("ledger", ledger.text());
        if (change instanceof ChangeRequest request) {
            tree.put("scr_id", request.id());
            tree.put("decided", request.fields());
        } else if (change instanceof PolicyEdit edit) {
            tree.put("policy_edit", edit.tree());
        }
        return tree;
    }

    /**
     * Reads the tree of {@link #text()}.
     *
     * @throws IllegalArgumentException if it is not such a tree
     */
    public static ChangeIntent of(Map<?, ?> tree) {
        if (!(tree.get("after_sha256") instanceof String after) || !(tree.get("ledger") instanceof String ledger)) {
            throw new IllegalArgumentException("no intent: " + tree.keySet());
        }
        return new ChangeIntent(
                change(tree),
                JsonFields.textOrNull(tree, "before_sha256"),
                after,
                LedgerCursor.parse(ledger).orElse(LedgerCursor.START));
    }

    private static AuthorizedChange change(Map<?, ?> tree) {
        if (tree.get("policy_edit") instanceof Map<?, ?> edit) {
            return PolicyEdit.of(edit);
        }
        if (tree.get("decided") instanceof Map<?, ?> decided) {
            return new ChangeRequest(JsonFields.copy(decided));
        }
        throw new IllegalArgumentException("no intent: " + tree.keySet());
    }
}
