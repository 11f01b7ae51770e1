package dev.agenttower.socket.server.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.wire.Contract;
import org.jspecify.annotations.Nullable;

/** Nothing but blanks follows the first value. */
final class NothingElse implements Gate {
    @Override
    public @Nullable Refusal check(Exchange exchange) {
        if (exchange.parsed().rest().isBlank()) {
            return null;
        }
        JsonNode method = exchange.parsed().value().path("method");
        return method.isTextual() && method.textValue().startsWith(Contract.PREFIX)
                ? Refusal.malformed("trailing content")
                : Refusal.legacy(ErrorCode.BAD_REQUEST, "trailing content after the request");
    }
}
