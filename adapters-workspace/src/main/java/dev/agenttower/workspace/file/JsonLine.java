package dev.agenttower.workspace.file;

import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a readable line of a JSON lines file, such as a ledger.
 *
 * @param fields the object
 * @param repeatsKeys whether a key occurs twice in one of its objects, which no writer does
 */
public record JsonLine(Map<String, @Nullable Object> fields, boolean repeatsKeys) {
    /** The hash in the line; empty if there is none. */
    public String hash() {
        return JsonFields.text(fields, "hash");
    }

    /** The line as an event. */
    public LedgerEvent event(boolean isExternal) {
        return new LedgerEvent(fields, isExternal);
    }
}
