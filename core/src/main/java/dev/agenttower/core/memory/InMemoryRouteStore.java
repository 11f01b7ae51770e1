package dev.agenttower.core.memory;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The stored routes, in memory. */
final class InMemoryRouteStore implements RouteStore {
    private static final int SECONDS_AND_MILLIS = "2026-05-08T10:00:00.000".length();
    private static final Comparator<Route> OLDEST_FIRST =
            Comparator.comparing(Route::createdAt, Order.TEXT).thenComparing(Route::id, Order.TEXT);

    private final InMemoryTables tables;

    InMemoryRouteStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<Route> list(boolean enabledOnly) {
        return tables.read().routes.values().stream()
                .map(RouteRow::route)
                .filter(route -> route.enabled() || !enabledOnly)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public List<Route> behind() {
        Rows rows = tables.read();
        return list(true).stream().filter(route -> lag(rows, route) > 0).toList();
    }

    @Override
    public Optional<Route> find(String id) {
        return Optional.ofNullable(tables.read().routes.get(id)).map(RouteRow::route);
    }

    @Override
    public Optional<Lag> mostStalled() {
        Rows rows = tables.read();
        return list(true).stream()
                .map(route -> new Lag(route.id(), lag(rows, route)))
                .filter(lag -> lag.events() > 0)
                .reduce((most, next) -> next.events() > most.events() ? next : most);
    }

    private static long lag(Rows rows, Route route) {
        return rows.events.values().stream()
                .filter(row -> row.eventId() > route.cursor()
                        && row.eventType().equals(route.definition().eventType()))
                .count();
    }

    @Override
    public Optional<PriorMessage> lastDelivered(String agentId, String until) {
        Rows rows = tables.read();
        String limit = cut(until);
        return rows.messages.values().stream()
                .map(MessageRow::message)
                .filter(message -> message.target().agentId().equals(agentId))
                .filter(message -> message.progress().deliveredAt() != null
                        && Order.TEXT.compare(cut(message.progress().deliveredAt()), limit) <= 0)
                .max(Comparator.comparing(QueuedMessage::enqueuedAt, Order.TEXT)
                        .thenComparing(QueuedMessage::messageId, Order.TEXT))
                .map(message -> prior(rows, message));
    }

    private static PriorMessage prior(Rows rows, QueuedMessage message) {
        Long eventId = message.source().eventId();
        EventRow row = eventId == null ? null : rows.events.get(eventId);
        Event event = row == null ? null : row.event();
        return new PriorMessage(
                String.valueOf(message.progress().deliveredAt()),
                event == null ? null : event.agentId(),
                event == null ? null : event.observedAt());
    }

    private static String cut(String time) {
        return time.substring(0, Math.min(time.length(), SECONDS_AND_MILLIS));
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return tables.write(rows -> work.apply(new Transaction(rows)));
    }

    private record Transaction(Rows rows) implements Writes {
        @Override
        public Optional<Route> find(String id) {
            return Optional.ofNullable(rows.routes.get(id)).map(RouteRow::route);
        }

        @Override
        public Route insert(Route route) {
            long last = rows.events.keySet().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            Route stored = route.withCursor(last, route.updatedAt());
            rows.routes.put(route.id(), new RouteRow(stored));
            return stored;
        }

        @Override
        public void delete(String id) {
            rows.routes.remove(id);
        }

        @Override
        public void setEnabled(String id, boolean enabled, String at) {
            change(id, route -> route.withEnabled(enabled, at));
        }

        @Override
        public void advance(String id, long eventId, String at) {
            change(id, route -> route.cursor() < eventId ? route.withCursor(eventId, at) : route);
        }

        private void change(String id, UnaryOperator<Route> change) {
            rows.routes.computeIfPresent(id, (key, row) -> new RouteRow(change.apply(row.route())));
        }

        @Override
        public boolean hasMessage(String id, long eventId) {
            MessageSource source = MessageSource.route(id, eventId);
            return rows.messages.values().stream()
                    .anyMatch(row -> row.message().source().equals(source));
        }

        @Override
        public MessageStore.Writes messages() {
            return new InMemoryMessageStore.Transaction(rows);
        }
    }
}
