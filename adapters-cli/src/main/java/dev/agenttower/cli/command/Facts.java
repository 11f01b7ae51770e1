package dev.agenttower.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.text.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines of {@code key=value}, one value a line, followed by blocks of text. No value can break out of its line, or mislead a reader. */
public final class Facts {
    private final StringBuilder text = new StringBuilder(512);

    /** Fields of a row, without the characters below 0x20. */
    public static Facts of(JsonNode row, String... keys) {
        Facts facts = new Facts();
        for (String key : keys) {
            facts.add(key, Text.singleLine(row.path(key).asText("")));
        }
        return facts;
    }

    public Facts add(String key, @Nullable String value) {
        text.append(key)
                .append('=')
                .append(value == null ? "-" : TerminalText.safe(value))
                .append('\n');
        return this;
    }

    public Facts add(String key, long value) {
        return add(key, String.format(Locale.ROOT, "%d", value));
    }

    public Facts add(String key, boolean value) {
        return add(key, value ? "true" : "false");
    }

    /** A heading and an indented text of several lines, with hidden characters made visible. */
    public Facts block(String heading, String lines, Style style) {
        text.append('\n').append(style.bold(heading)).append('\n');
        for (String line : lines.split("\n", -1)) {
            text.append("  ").append(TerminalText.visible(line)).append('\n');
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
