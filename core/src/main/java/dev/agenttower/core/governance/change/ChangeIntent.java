package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authorized change that is about to be applied: what a restart needs to know to finish or undo it.
 *
 * @param decided the request as it will be when the change is applied
 * @param beforeSha256 the SHA-256 of the file before; null when there is none
 * @param afterSha256 the SHA-256 of the file after
 * @param ledger a place on the ledger before its events
 */
public record ChangeIntent(
        ChangeRequest decided, @Nullable String beforeSha256, String afterSha256, LedgerCursor ledger) {
    /** The intent as a JSON tree. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("scr_id", decided.id());
        tree.put("target_path", decided.targetPath());
        tree.put("before_sha256", beforeSha256);
        tree.put("after_sha256", afterSha256);
        tree.put("ledger", ledger.text());
        tree.put("decided", decided.fields());
        return tree;
    }

    /**
     * Reads {@link #tree()}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static ChangeIntent of(Map<?, ?> tree) {
        if (!(tree.get("after_sha256") instanceof String after)
                || !(tree.get("ledger") instanceof String ledger)
                || !(tree.get("decided") instanceof Map<?, ?> decided)) {
            throw new IllegalArgumentException("no intent: " + tree.keySet());
        }
        return new ChangeIntent(
                new ChangeRequest(JsonFields.copy(decided)),
                JsonFields.textOrNull(tree, "before_sha256"),
                after,
                LedgerCursor.parse(ledger).orElse(LedgerCursor.START));
    }
}
