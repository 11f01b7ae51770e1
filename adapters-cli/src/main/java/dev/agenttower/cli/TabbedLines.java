package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.text.Text;

/** Lines of fields with a TAB between them, for scripts. No field can break out of its line or column. */
final class TabbedLines {
    private final StringBuilder text = new StringBuilder(1024);
    private boolean atStart = true;

    TabbedLines(String... header) {
        for (String name : header) {
            field(name);
        }
        end();
    }

    TabbedLines field(String value) {
        if (!atStart) {
            text.append('\t');
        }
        atStart = false;
        text.append(Text.singleLine(value));
        return this;
    }

    TabbedLines field(JsonNode value) {
        return field(value.isNull() || value.isMissingNode() ? "None" : value.asText());
    }

    TabbedLines flag(JsonNode value) {
        return field(value.asBoolean() ? "1" : "0");
    }

    void end() {
        text.append('\n');
        atStart = true;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
