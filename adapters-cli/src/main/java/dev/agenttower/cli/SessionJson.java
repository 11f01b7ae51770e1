package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.socket.client.JsonText;

/** What scripts are told of a session. */
final class SessionJson {
    private SessionJson() {}

    /** The answer of the daemon, which need not name the session, with its id. */
    static ObjectNode of(String id, JsonNode answer) {
        ObjectNode result = JsonText.object().put("session_id", id);
        answer.properties().forEach(field -> result.set(field.getKey(), field.getValue()));
        return result.put("session_id", id);
    }
}
