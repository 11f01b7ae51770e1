package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.wire.JsonSyntaxException;
import dev.agenttower.socket.server.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** The line begins with a JSON value. */
final class JsonValue implements Gate {
    private final JsonText json;

    JsonValue(JsonText json) {
        this.json = json;
    }

    @Override
    public @Nullable Refusal check(Exchange exchange) {
        try {
            exchange.setParsed(json.parse(exchange.text()));
            return null;
        } catch (JsonSyntaxException e) {
            return exchange.looksLikeApp()
                    ? Refusal.malformed("json decode error: " + e.reason())
                    : Refusal.legacy(ErrorCode.BAD_JSON, "json decode failed: " + e.reason());
        }
    }
}
