package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds each event of a ledger to the one before it by hash. */
public final class LedgerChain {
    /** The previous hash of the first event: 64 zeros. */
    public static final String GENESIS = "0".repeat(64);

    private LedgerChain() {}

    /**
     * Completes a draft with time, id and hashes, as the successor of the event with hash {@code previous}.
     *
     * <p>A time or id in the draft is kept.
     */
    public static LedgerEvent bind(EventDraft draft, String previous, Instant now, EventIds ids) {
        Map<String, @Nullable Object> fields = fields(draft);
        fields.put("event_id", draft.id() == null ? ids.next(now, draft.tag()) : draft.id());
        fields.put("ts", draft.ts() == null ? RecordTimestamps.iso(now) : draft.ts());
        fields.put("prev_hash", previous);
        fields.put("hash", hash(previous, fields));
        return new LedgerEvent(fields);
    }

    /** The fields of a draft in the order of its line, without hashes. */
    static Map<String, @Nullable Object> fields(EventDraft draft) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_id", draft.id());
        fields.put("ts", draft.ts());
        fields.put("agent", draft.agent());
        fields.put("role", draft.role());
        fields.put("action_type", draft.actionType());
        fields.put("description", draft.description());
        fields.put("spec_ref", draft.specRef());
        fields.put("authorized", draft.authorized());
        if (draft.tier() != null) {
            fields.put("tier", draft.tier());
        }
        draft.extras().forEach(fields::putIfAbsent);
        fields.remove("prev_hash");
        fields.remove("hash");
        return fields;
    }

    /**
     * The hash of an event: SHA-256 over {@code previous} and the canonical form of the event without {@code hash}.
     *
     * @param event the event with its {@code prev_hash}
     */
    public static String hash(String previous, Map<String, ? extends @Nullable Object> event) {
        StringBuilder bound = new StringBuilder(768).append(previous);
        JsonForm.appendCanonicalWithout(bound, event, "hash");
        return Sha256.hex(bound.toString().getBytes(StandardCharsets.UTF_8));
    }
}
