package dev.agenttower.workspace.file;

import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a readable line of a file of JSON lines holds, such as a ledger.
 *
 * @param fields the object
 * @param repeatsKeys whether a key occurs twice in one of its objects, which no writer does
 */
public record JsonLine(Map<String, @Nullable Object> fields, boolean repeatsKeys) {
    /** The hash that the line carries; empty when it carries none. */
    public String hash() {
        return JsonFields.text(fields, "hash");
    }

    /** The line as an event. */
    public LedgerEvent event(boolean isExternal) {
        return new LedgerEvent(fields, isExternal);
    }
}
