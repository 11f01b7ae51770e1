package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventFollowing;
import dev.agenttower.core.event.EventPosition;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventRule;
import dev.agenttower.core.event.Events;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.JsonText;
import dev.agenttower.unix.connection.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of logs: pages of them, following, and the rules that find them. Unknown parameters are ignored. */
public final class EventMethods {
    private static final double NANOS = 1e9;
    private static final Duration EMPTY_WAIT = Duration.ofMillis(1);

    private final Tower tower;
    private final AgentLookup lookup;
    private final Events events;
    private final EventSettings settings;
    private final EventCursors cursors;

    /** The methods of one tower. */
    public EventMethods(Tower tower, EventSettings settings, JsonText json) {
        this.tower = tower;
        this.lookup = new AgentLookup(tower.agentStore());
        this.events = tower.events();
        this.settings = settings;
        this.cursors = new EventCursors(json);
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("events.list", Lane.QUICK, this::list),
                Method.legacy("events.latest", Lane.QUICK, this::latest),
                Method.legacy("events.follow_open", Lane.QUICK, this::open),
                Method.legacy("events.follow_next", Lane.QUICK, this::next),
                Method.legacy("events.follow_close", Lane.QUICK, this::close),
                Method.legacy("events.classifier_rules", Lane.QUICK, this::rules));
    }

    private Result list(Call call) {
        EventParams params = EventParams.read(call.params(), settings);
        EventQuery query = ofAgent(params.query());
        JsonNode cursor = call.params().get("cursor");
        boolean isReversed = params.isReversed();
        EventPosition after = cursor == null || cursor.isNull() ? null : cursors.read(cursor, isReversed);
        // One more shows whether there is a next page.
        List<Event> found = events.store().list(query, after, isReversed, params.limit() + 1);
        boolean isLast = found.size() <= params.limit();
        List<Event> page = isLast ? found : found.subList(0, params.limit());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("events", rows(page));
        body.put("next_cursor", isLast ? null : cursors.write(EventPosition.of(page.get(page.size() - 1)), isReversed));
        return Result.of(body);
    }

    private Result latest(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("events", rows(events.store().latest()));
        return Result.of(body);
    }

    private Result open(Call call) {
        EventQuery query = ofAgent(EventParams.read(call.params(), settings).query());
        EventFollowing.Opened opened =
                events.following().open(new EventQuery(query.agentId(), query.types(), query.since(), null));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("session_id", opened.sessionId());
        body.set("backlog_events", rows(opened.backlog()));
        body.put("live_starting_event_id", opened.liveFrom());
        return Result.of(body);
    }

    private Result next(Call call) {
        String session = session(call);
        // An unknown session is reported before a bad wait.
        events.following().await(session, Duration.ZERO);
        Duration patience = patience(call.params().get("max_wait_seconds"));
        events.following().await(session, patience);
        return next(session, System.nanoTime() + patience.toNanos(), false);
    }

    /** The news of a session, or a wait for them; a wait that ends without news gives none. */
    private Result next(String session, long deadline, boolean isWaitOver) {
        EventFollowing.News news = events.following().next(session);
        long left = deadline - System.nanoTime();
        if (news.events().isEmpty() && news.isOpen() && !isWaitOver && left > 0) {
            return Result.later(
                    Duration.ofNanos(left).plus(EMPTY_WAIT),
                    () -> events.following().hasNews(session),
                    // Without news the time is over, or too many wait; with news of others there is time left.
                    () -> next(session, deadline, !events.following().hasNews(session)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("events", rows(news.events()));
        body.put("session_open", news.isOpen());
        return Result.of(body);
    }

    private Result close(Call call) {
        events.following().close(session(call));
        return Result.of(JsonNodeFactory.instance.objectNode());
    }

    private Result rules(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = body.putArray("rules");
        for (EventRule rule : events.classifier().rules()) {
            rules.addObject()
                    .put("rule_id", rule.id())
                    .put("event_type", rule.type().wire())
                    .put("priority", rule.priority());
        }
        body.putArray("synthetic_rule_ids").add("pane_exited.synth.v1").add("long_running.synth.v1");
        return Result.of(body);
    }

    private static String session(Call call) {
        JsonNode session = call.params().path("session_id");
        if (!session.isTextual() || session.textValue().isEmpty()) {
            throw new RefusedException(ErrorCode.EVENTS_SESSION_UNKNOWN, "session_id is required");
        }
        return session.textValue();
    }

    private Duration patience(@Nullable JsonNode given) {
        double most = settings.followLongPollMaxSeconds();
        if (given == null || given.isNull()) {
            return seconds(most);
        }
        double wanted = given.isNumber() ? given.doubleValue() : Double.NaN;
        if (!(wanted > 0) || Double.isInfinite(wanted)) {
            throw EventParams.invalid("max_wait_seconds must be a positive number; got " + EventParams.shown(given));
        }
        return seconds(Math.min(wanted, most));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) Math.min(seconds * NANOS, Long.MAX_VALUE / 4.0));
    }

    /** The query with the id of its agent, which it may name by the label. */
    private EventQuery ofAgent(EventQuery query) {
        String name = query.agentId();
        if (name == null || tower.agentStore().find(new AgentId(name)).isPresent()) {
            return query;
        }
        try {
            String id = lookup.find(name).id().value();
            return new EventQuery(id, query.types(), query.since(), query.until());
        } catch (RefusedException refusal) {
            throw refusal.code() == ErrorCode.AGENT_NOT_FOUND
                    ? new RefusedException(ErrorCode.AGENT_NOT_FOUND, "target agent not found")
                    : refusal;
        }
    }

    private static ArrayNode rows(List<Event> events) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> rows.add(object(event.fields())));
        return rows;
    }

    private static ObjectNode object(Map<?, ?> fields) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, value) -> node.set(
                String.valueOf(name),
                value instanceof Map<?, ?> inner
                        ? object(inner)
                        : value instanceof Long number
                                ? JsonNodeFactory.instance.numberNode(number)
                                : value == null
                                        ? JsonNodeFactory.instance.nullNode()
                                        : JsonNodeFactory.instance.textNode(value.toString())));
        return node;
    }
}
