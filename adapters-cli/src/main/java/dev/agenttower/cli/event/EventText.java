package dev.agenttower.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.terminal.TerminalText;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** An event as a line of text and as a line of JSON. */
final class EventText {
    private static final int TIME = 19;
    private static final int TYPE = 22;
    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";
    private static final String DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    private EventText() {}

    /** Time, agent, type and the first line of the excerpt; what a terminal would obey is shown as its number. */
    static String line(JsonNode event) {
        String at = event.path("observed_at").asText("");
        return String.format(
                Locale.ROOT,
                "%s  %s  %-" + TYPE + "s %s\n",
                at.substring(0, Math.min(TIME, at.length())).replace('T', ' '),
                visible(event.path("agent_id").asText("")),
                visible(event.path("event_type").asText("")),
                visible(firstLine(event.path("excerpt").asText(""))));
    }

    private static String firstLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (LINE_ENDS.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (DIRECTIONS.indexOf(c) >= 0) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return TerminalText.escaped(shown.toString());
    }

    /** Compact JSON in ASCII, one line. */
    static String json(JsonNode value) {
        StringBuilder json = new StringBuilder(512);
        write(value, json);
        return json.append('\n').toString();
    }

    private static void write(JsonNode value, StringBuilder json) {
        if (value.isObject()) {
            char before = '{';
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                json.append(before);
                quote(field.getKey(), json);
                json.append(':');
                write(field.getValue(), json);
                before = ',';
            }
            json.append(value.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            json.append('[');
            for (Iterator<JsonNode> elements = value.iterator(); elements.hasNext(); ) {
                write(elements.next(), json);
                json.append(elements.hasNext() ? "," : "");
            }
            json.append(']');
        } else if (value.isTextual()) {
            quote(value.textValue(), json);
        } else {
            json.append(value.asText());
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c < 0x20 || c >= 0x7f) {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
