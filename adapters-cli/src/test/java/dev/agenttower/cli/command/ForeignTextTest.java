package dev.agenttower.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

/** Agents choose their labels, so lines for scripts can reach a terminal with anything in them. */
class ForeignTextTest {
    private static final String LABEL = "a\u202eb\u200bc\u009bd\u0007e\tf";
    private static final String SHOWN = "a?b?c?de f";

    @Test
    void harmful_characters_of_a_field_are_replaced() {
        assertThat(new TabbedLines("LABEL").field(LABEL)).hasToString("LABEL\n" + SHOWN);
    }

    @Test
    void harmful_characters_of_a_fact_are_replaced() {
        assertThat(Facts.of(JsonNodeFactory.instance.objectNode().put("label", LABEL), "label"))
                .hasToString("label=" + SHOWN + "\n");
    }
}
