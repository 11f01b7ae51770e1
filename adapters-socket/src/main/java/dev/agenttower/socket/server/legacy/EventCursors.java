package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.event.EventPosition;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.server.wire.JsonSyntaxException;
import dev.agenttower.socket.server.wire.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Cursors of events: base64url of {@code {"e": id, "r": reversed, "o": observed_at, "b": first byte or -1}}. They hold for ever, since
 * events are never changed. Without {@code o} and {@code b} only the id is compared.
 */
final class EventCursors {
    private static final long MAX_ID = (1L << 53) - 1;

    private final JsonText json;

    EventCursors(JsonText json) {
        this.json = json;
    }

    String write(EventPosition position, boolean isReversed) {
        ObjectNode cursor = JsonNodeFactory.instance
                .objectNode()
                .put("e", position.id())
                .put("r", isReversed)
                .put("o", position.observedAt())
                .put("b", position.byteStart());
        byte[] line = json.line(cursor);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        new String(line, StandardCharsets.US_ASCII).strip().getBytes(StandardCharsets.US_ASCII));
    }

    EventPosition read(JsonNode given, boolean isReversed) {
        JsonNode cursor = decode(given);
        JsonNode id = cursor.path("e");
        if (!id.isIntegralNumber()
                || !id.canConvertToLong()
                || id.longValue() < 1
                || id.longValue() > MAX_ID
                || !cursor.path("r").isBoolean()) {
            throw invalid("malformed cursor");
        }
        if (cursor.path("r").booleanValue() != isReversed) {
            throw invalid("the cursor belongs to the other direction");
        }
        JsonNode at = cursor.get("o");
        JsonNode bytes = cursor.get("b");
        if (at == null && bytes == null) {
            return new EventPosition(id.longValue(), null, -1);
        }
        if (at == null || !at.isTextual() || at.textValue().isEmpty() || !isPlace(bytes)) {
            throw invalid("malformed cursor");
        }
        return new EventPosition(id.longValue(), at.textValue(), bytes == null ? -1 : bytes.longValue());
    }

    private static boolean isPlace(@Nullable JsonNode bytes) {
        return bytes != null && bytes.isIntegralNumber() && bytes.canConvertToLong() && bytes.longValue() >= -1;
    }

    private JsonNode decode(JsonNode given) {
        try {
            String text = new String(
                    Base64.getUrlDecoder().decode(given.isTextual() ? given.textValue() : ""), StandardCharsets.UTF_8);
            JsonText.Parsed parsed = json.parse(text);
            if (parsed.value().isObject() && parsed.rest().isBlank()) {
                return parsed.value();
            }
        } catch (IllegalArgumentException | JsonSyntaxException e) {
            throw invalid("malformed cursor");
        }
        throw invalid("malformed cursor");
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ErrorCode.EVENTS_INVALID_CURSOR, message);
    }
}
