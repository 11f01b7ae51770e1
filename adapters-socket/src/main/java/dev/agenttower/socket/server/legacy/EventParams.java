package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.IsoTimes;
import dev.agenttower.core.time.Timestamps;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filter of events and the size of a page, read in the order of their checks. Whether the agent exists is not checked.
 *
 * @param limit at least 1
 */
record EventParams(EventQuery query, boolean isReversed, int limit) {
    private static final int MAX_SHOWN = 200;

    static EventParams read(ObjectNode params, EventSettings settings) {
        String target = target(given(params, "target"));
        Set<EventType> types = types(given(params, "types"));
        String sinceText = text(params, "since");
        String untilText = text(params, "until");
        Instant since = time("since", sinceText);
        Instant until = time("until", untilText);
        if (since != null && until != null && since.isAfter(until)) {
            throw invalid("since (" + shown(sinceText) + ") must be <= until (" + shown(untilText) + ")");
        }
        boolean isReversed = isReversed(params.get("reverse"));
        int limit = limit(given(params, "limit"), settings);
        return new EventParams(new EventQuery(target, types, stored(since), stored(until)), isReversed, limit);
    }

    private static @Nullable JsonNode given(ObjectNode params, String name) {
        JsonNode value = params.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static @Nullable String target(@Nullable JsonNode value) {
        if (value != null && !value.isTextual()) {
            throw invalid(
                    "target must be a string; got " + value.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return value == null ? null : value.textValue();
    }

    private static Set<EventType> types(@Nullable JsonNode value) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        if (value != null && !value.isArray()) {
            throw invalid("types must be a list");
        }
        if (value != null) {
            for (JsonNode name : value) {
                types.add(EventType.parse(name.isTextual() ? name.textValue() : "")
                        .orElseThrow(() -> invalid("unknown event type: " + shown(name))));
            }
        }
        return types;
    }

    private static @Nullable String text(ObjectNode params, String name) {
        JsonNode value = given(params, name);
        if (value != null && !value.isTextual()) {
            throw invalid(name + " must be an ISO-8601 string");
        }
        return value == null ? null : value.textValue();
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        return text == null
                ? null
                : IsoTimes.parse(text).orElseThrow(() -> invalid(name + " must be ISO-8601 with an explicit offset"));
    }

    private static @Nullable String stored(@Nullable Instant time) {
        return time == null ? null : Timestamps.micros(time);
    }

    private static boolean isReversed(@Nullable JsonNode value) {
        if (value != null && !value.isBoolean()) {
            throw invalid("reverse must be a boolean; got " + shown(value));
        }
        return value != null && value.booleanValue();
    }

    private static int limit(@Nullable JsonNode value, EventSettings settings) {
        if (value == null) {
            return settings.defaultPageSize();
        }
        if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
            throw invalid("limit must be a positive integer; got " + shown(value));
        }
        return value.canConvertToInt() ? Math.min(value.intValue(), settings.maxPageSize()) : settings.maxPageSize();
    }

    /** A value as a message shows it: texts in single quotes. */
    static String shown(JsonNode value) {
        return value.isTextual() ? "'" + shown(value.textValue()) + "'" : shown(value.toString());
    }

    private static String shown(@Nullable String text) {
        return Text.abbreviated(String.valueOf(text), MAX_SHOWN);
    }

    static RefusedException invalid(String message) {
        return new RefusedException(ErrorCode.EVENTS_FILTER_INVALID, message);
    }
}
