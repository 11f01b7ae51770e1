package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.json.JsonFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as it stands on the ledger, with its place in the chain.
 *
 * <p>Events that other programs wrote may lack fields or hold values of another type; such a field reads as an empty text, false or null.
 *
 * @param fields the whole event, in the order of its line
 * @param isExternal whether something else than this side wrote it, so that it proves nothing; false where that is not known
 */
public record LedgerEvent(Map<String, @Nullable Object> fields, boolean isExternal) {
    /** Copies the fields, keeping their order. */
    public LedgerEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An event that this side wrote, or of which it does not know who did. */
    public LedgerEvent(Map<String, @Nullable Object> fields) {
        this(fields, false);
    }

    /** The event as it is shown: its fields, and {@code origin} where it is external. */
    public Map<String, @Nullable Object> view() {
        if (!isExternal) {
            return fields;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>(fields);
        view.put("origin", "external");
        return Collections.unmodifiableMap(view);
    }

    /** The id, such as {@code evt_20260220_211315_067_scr_prop_5f00a1}. */
    public String id() {
        return text("event_id");
    }

    /** When it was written, as on the line. */
    public String ts() {
        return text("ts");
    }

    /** Who acted. */
    public String agent() {
        return text("agent");
    }

    /** In which role. */
    public String role() {
        return text("role");
    }

    /** What was done. */
    public String actionType() {
        return text("action_type");
    }

    /** A sentence for people. */
    public String description() {
        return text("description");
    }

    /** Whether it was permitted. */
    public boolean authorized() {
        return Boolean.TRUE.equals(fields.get("authorized"));
    }

    /** The hash that binds this event and all before it. */
    public String hash() {
        return text("hash");
    }

    /** A field of {@code action_data} as text, or null. */
    public @Nullable String data(String key) {
        return fields.get("action_data") instanceof Map<?, ?> data ? JsonFields.textOrNull(data, key) : null;
    }

    private String text(String key) {
        return JsonFields.text(fields, key);
    }
}
