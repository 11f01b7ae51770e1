package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.failure.RefusedException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most recent events of a ledger by id: at least the last thousand. Reads only the events appended by any writer since the last call.
 * Thread-safe.
 */
final class RecentEvents {
    private static final int MOST = 4 * LedgerQuery.MAX_LIMIT;

    private final Ledger ledger;
    private final Map<String, String> contents = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };
    private @Nullable LedgerCursor end;

    RecentEvents(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The {@link #content} of the event with an id; null if no recent event has it. */
    synchronized @Nullable String find(String id) {
        LedgerPage page = newest();
        page.events().stream()
                .filter(event -> !event.isExternal())
                .forEach(event -> contents.putIfAbsent(event.id(), content(event.fields())));
        end = page.after();
        return contents.get(id);
    }

    private LedgerPage newest() {
        if (end != null) {
            try {
                LedgerPage page = ledger.page(LedgerQuery.after(LedgerFilter.all(), end, LedgerQuery.MAX_LIMIT));
                if (!page.hasMore()) {
                    return page;
                }
            } catch (RefusedException e) {
                // a new chain was begun
            }
        }
        contents.clear();
        return ledger.page(LedgerQuery.newest(LedgerFilter.all(), LedgerQuery.MAX_LIMIT));
    }

    /** A hash of the content of an event, without its chain hashes and ignoring the case of its role. */
    static String content(Map<String, ? extends @Nullable Object> event) {
        Map<String, @Nullable Object> said = new LinkedHashMap<>(event);
        said.remove("prev_hash");
        said.remove("hash");
        said.computeIfPresent("role", (key, role) -> String.valueOf(role).toLowerCase(Locale.ROOT));
        return LedgerChain.hash("", said);
    }
}
