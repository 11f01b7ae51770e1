package dev.agenttower.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The JSON envelope of a method's parameters and result. */
final class Envelope {
    private Envelope() {}

    static byte[] request(String method, @Nullable ObjectNode params, boolean keepAlive) {
        ObjectNode request = JsonText.object().put("method", method);
        if (params != null) {
            request.set("params", params);
        }
        if (keepAlive) {
            request.put("keep_alive", true);
        }
        return JsonText.line(request);
    }

    static ObjectNode result(byte[] answer) {
        JsonNode envelope = parse(answer);
        JsonNode ok = envelope.path("ok");
        if (ok.isBoolean() && ok.booleanValue() && envelope.get("result") instanceof ObjectNode result) {
            return result;
        }
        JsonNode error = envelope.path("error");
        if (ok.isBoolean() && !ok.booleanValue() && error.path("code").isTextual()) {
            JsonNode details = error.path("details");
            throw new DaemonErrorException(
                    error.path("code").textValue(),
                    error.path("message").asText(""),
                    details.isObject() ? details : JsonText.object());
        }
        throw new TransportException.UnreadableAnswer("the answer is no envelope", null);
    }

    private static JsonNode parse(byte[] answer) {
        try {
            return JsonText.parse(answer);
        } catch (IOException e) {
            throw new TransportException.UnreadableAnswer("the answer is no JSON", e);
        }
    }
}
