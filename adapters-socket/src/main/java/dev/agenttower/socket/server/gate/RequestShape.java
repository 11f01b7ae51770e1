package dev.agenttower.socket.server.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The value is an object with a method name and, if any, an object of parameters. Answers in the older form, whoever the line is for. */
final class RequestShape implements Gate {
    @Override
    public @Nullable Refusal check(Exchange exchange) {
        if (!(exchange.parsed().value() instanceof ObjectNode request)) {
            return Refusal.legacy(ErrorCode.BAD_REQUEST, "request must be a JSON object");
        }
        JsonNode method = request.path("method");
        if (!method.isTextual() || method.textValue().isEmpty()) {
            return Refusal.legacy(ErrorCode.BAD_REQUEST, "missing or invalid 'method' field");
        }
        JsonNode params = request.get("params");
        if (params != null && !params.isObject()) {
            return Refusal.legacy(ErrorCode.BAD_REQUEST, "'params' must be an object");
        }
        exchange.setRequest(method.textValue(), (ObjectNode) params, request.get("keep_alive"));
        return null;
    }
}
