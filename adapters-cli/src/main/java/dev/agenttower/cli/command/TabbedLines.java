package dev.agenttower.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.text.Text;

/** Lines of fields with a TAB between them, for scripts. No field can break out of its line or column, or mislead a reader. */
public final class TabbedLines {
    private final StringBuilder text = new StringBuilder(1024);
    private boolean atStart = true;

    public TabbedLines(String... header) {
        for (String name : header) {
            field(name);
        }
        end();
    }

    public TabbedLines field(String value) {
        if (!atStart) {
            text.append('\t');
        }
        atStart = false;
        text.append(TerminalText.safe(Text.singleLine(value)));
        return this;
    }

    public TabbedLines field(JsonNode value) {
        return field(value.isNull() || value.isMissingNode() ? "None" : value.asText());
    }

    public TabbedLines flag(JsonNode value) {
        return field(value.asBoolean() ? "1" : "0");
    }

    public void end() {
        text.append('\n');
        atStart = true;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
