package dev.agenttower.cli.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.json.MalformedJsonException;

/** Parses JSON objects that a person has written. */
public final class JsonObjects {
    private JsonObjects() {}

    /**
     * Parses an object. A refusal begins with {@code lead}, such as "--merge takes".
     *
     * @throws UnreadableDocumentException if the text is anything else, or has a duplicate key; the message gives the position
     */
    public static JsonNode parse(String lead, String text) {
        try {
            JsonNode node = JsonText.parseWhole(text);
            if (node.isObject()) {
                return node;
            }
            throw new UnreadableDocumentException(lead + " a JSON object");
        } catch (MalformedJsonException e) {
            throw new UnreadableDocumentException(lead + " JSON: " + e.getMessage());
        }
    }
}
