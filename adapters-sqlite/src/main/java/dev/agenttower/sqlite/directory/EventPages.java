package dev.agenttower.sqlite.directory;

import dev.agenttower.core.directory.EventView;
import dev.agenttower.sqlite.database.Tables;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The list of events.
 *
 * <p>Events are added with growing ids and neither changed nor removed, so a total is counted once and then continued from the last id. Rows
 * that a human removes by hand leave the totals when the daemon starts again.
 */
final class EventPages extends Pages<EventView> {
    private static final int TOTALS_LIMIT = 64;

    private final Map<Map<String, Object>, Total> totals = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Map<String, Object>, Total> eldest) {
            return size() > TOTALS_LIMIT;
        }
    });

    EventPages() {
        super(
                EventView.LIST,
                "events AS e",
                Map.of(
                        "event_id", "e.event_id",
                        "event_type", "e.event_type",
                        "agent_id", "e.agent_id",
                        "observed_at", "e.observed_at",
                        "excerpt", "e.excerpt",
                        "classifier_rule_id", "e.classifier_rule_id"));
    }

    @Override
    long count(Handle handle, Map<String, Object> filters) {
        long last = Tables.number(handle, "SELECT COALESCE(MAX(event_id), 0) FROM events");
        Total known = totals.get(filters);
        // A snapshot may be older than the total that another reader has counted.
        Total total = known == null || known.lastId() > last
                ? new Total(last, super.count(handle, filters))
                : new Total(last, known.events() + countAfter(handle, filters, known.lastId()));
        totals.merge(filters, total, (one, other) -> one.lastId() > other.lastId() ? one : other);
        return total.events();
    }

    private long countAfter(Handle handle, Map<String, Object> filters, long id) {
        return count(handle, conditions(filters).and("e.event_id > ?", id));
    }

    /** The number of matching events up to an id. */
    private record Total(long lastId, long events) {}
}
