package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.json.JsonFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event on the ledger, with its hashes.
 *
 * <p>Events that other programs wrote may lack fields or hold values of another type; such a field reads as an empty text, false or null.
 *
 * @param fields the whole event, in the order of its line
 * @param isExternal whether another program wrote it, so that it proves nothing; false where the writer is unknown
 */
public record LedgerEvent(Map<String, @Nullable Object> fields, boolean isExternal) {
    /** Copies the fields, keeping their order. */
    public LedgerEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An event of this daemon or of an unknown writer. */
    public LedgerEvent(Map<String, @Nullable Object> fields) {
        this(fields, false);
    }

    /** The event as shown to clients: its fields, and {@code origin} where it is external. */
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

    /** The time of writing, as on the line. */
    public String ts() {
        return text("ts");
    }

    /** The acting agent. */
    public String agent() {
        return text("agent");
    }

    /** The role of that agent. */
    public String role() {
        return text("role");
    }

    /** The type of the event. */
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
