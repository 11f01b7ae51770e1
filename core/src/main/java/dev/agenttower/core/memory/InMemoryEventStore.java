package dev.agenttower.core.memory;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventPosition;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stored events, in memory. */
final class InMemoryEventStore implements EventStore {
    private static final int CONSIDERED = 20;
    private static final Comparator<Event> BY_ID = Comparator.comparingLong(Event::id);

    private final InMemoryTables tables;

    InMemoryEventStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<Event> list(EventQuery query, @Nullable EventPosition after, boolean isReversed, int limit) {
        return events(query)
                .filter(event -> after == null || after.precedes(event, isReversed))
                .sorted(isReversed ? EventPosition.ORDER.reversed() : EventPosition.ORDER)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Event> following(EventQuery query, long after, int limit) {
        return events(query)
                .filter(event -> event.id() > after)
                .sorted(BY_ID)
                .limit(limit)
                .toList();
    }

    private Stream<Event> events(EventQuery query) {
        return tables.read().events.values().stream().map(EventRow::event).filter(query::takes);
    }

    @Override
    public List<Event> latest() {
        return tables.read().agents.values().stream()
                .filter(agent -> agent.active())
                .flatMap(agent -> latest(agent.agentId()).stream())
                .toList();
    }

    private Optional<Event> latest(String agentId) {
        return events(new EventQuery(agentId, Set.of(), null, null))
                .sorted(BY_ID.reversed())
                .limit(CONSIDERED)
                .max(EventPosition.ORDER);
    }

    @Override
    public Event append(Event event) {
        return tables.write(rows -> {
            long id = rows.events.keySet().stream().mapToLong(key -> key).max().orElse(0) + 1;
            Event stored = event.withId(id);
            rows.events.put(id, new EventRow(stored, null));
            return stored;
        });
    }

    @Override
    public long lastId() {
        return tables.read().events.keySet().stream().mapToLong(id -> id).max().orElse(0);
    }

    @Override
    public List<Event> unappended(int limit) {
        return waiting().sorted(BY_ID).limit(limit).toList();
    }

    @Override
    public long countUnappended() {
        return waiting().count();
    }

    private Stream<Event> waiting() {
        return tables.read().events.values().stream()
                .filter(row -> row.appendedAt() == null)
                .map(EventRow::event)
                .filter(EventQuery.ALL::takes);
    }

    @Override
    public void markAppended(Collection<Long> ids, String at) {
        tables.write(rows -> {
            for (Long id : ids) {
                rows.events.computeIfPresent(
                        id, (key, row) -> row.appendedAt() == null ? new EventRow(row.event(), at) : row);
            }
            return Boolean.TRUE;
        });
    }
}
