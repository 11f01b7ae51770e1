package dev.agenttower.workspace;

import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a readable line of a ledger holds.
 *
 * @param fields the event
 * @param repeatsKeys whether a key occurs twice in one of its objects, which no writer does
 */
record LedgerLine(Map<String, @Nullable Object> fields, boolean repeatsKeys) {
    /** The hash that the line carries; empty when it carries none. */
    String hash() {
        return JsonFields.text(fields, "hash");
    }

    /** The line as an event. */
    LedgerEvent event(boolean isExternal) {
        return new LedgerEvent(fields, isExternal);
    }
}
