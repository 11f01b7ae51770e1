package dev.agenttower.socket.server.legacy;

import static dev.agenttower.socket.server.legacy.LegacyParams.badRequest;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.MessageFilter;
import dev.agenttower.core.queue.MessageFilter.Party;
import dev.agenttower.core.queue.MessageFilter.Position;
import dev.agenttower.core.queue.MessageListing;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.Origin;
import dev.agenttower.core.time.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a list of messages, read in the order of their checks. */
final class MessageListParams {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final Pattern SINCE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{3})?Z");

    private MessageListParams() {}

    static int limit(ObjectNode params) {
        state(new LegacyParams(params)); // checked before the limit
        JsonNode value = params.get("limit");
        if (value == null || value.isNull()) {
            return DEFAULT_LIMIT;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > MAX_LIMIT) {
            throw badRequest("params.limit must be an integer from 1 to " + MAX_LIMIT);
        }
        return value.intValue();
    }

    static MessageFilter read(LegacyParams params, MessageListing listing, int limit) {
        MessageState state = state(params);
        String target = participant(params, "target");
        Party targetParty = target == null ? null : listing.target(target);
        String sender = participant(params, "sender");
        Party senderParty = sender == null ? null : listing.sender(sender);
        return new MessageFilter(
                state,
                targetParty,
                senderParty,
                since(params),
                origin(params),
                position(params),
                limit,
                params.flag("newest", ErrorCode.BAD_REQUEST));
    }

    private static @Nullable MessageState state(LegacyParams params) {
        String state = params.textOrNull("state");
        return state == null
                ? null
                : MessageState.parse(state).orElseThrow(() -> badRequest("params.state is not a state of a message"));
    }

    private static @Nullable String participant(LegacyParams params, String name) {
        JsonNode value = params.get(name);
        return value == null || value.isNull() ? null : QueueMethods.nonEmpty(params, name);
    }

    private static @Nullable String since(LegacyParams params) {
        String since = params.textOrNull("since");
        if (since == null) {
            return null;
        }
        try {
            if (SINCE.matcher(since).matches()) {
                return Timestamps.millis(Instant.parse(since));
            }
        } catch (DateTimeException outOfRange) {
            throw malformed(since);
        }
        throw malformed(since);
    }

    private static RefusedException malformed(String since) {
        return new RefusedException(
                ErrorCode.SINCE_INVALID_FORMAT,
                "params.since is \"" + since + "\"; it must be like 2026-05-08T10:00:00Z or 2026-05-08T10:00:00.000Z");
    }

    private static @Nullable Origin origin(LegacyParams params) {
        JsonNode value = params.get("origin");
        if (value == null || value.isNull()) {
            return null;
        }
        return (value.isTextual() ? Origin.parse(value.textValue()) : Optional.<Origin>empty())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.QUEUE_ORIGIN_INVALID, "params.origin must be \"direct\" or \"route\""));
    }

    static String cursor(Position position) {
        byte[] text = (position.enqueuedAt() + "|" + position.messageId()).getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** The position of a cursor; a value that is none is ignored, as older clients expect. */
    private static @Nullable Position position(LegacyParams params) {
        JsonNode value = params.get("cursor");
        if (value == null || !value.isTextual()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(value.textValue()), UTF_8);
            int bar = text.indexOf('|');
            return bar < 0 ? null : new Position(text.substring(0, bar), text.substring(bar + 1));
        } catch (IllegalArgumentException noCursor) {
            return null;
        }
    }
}
