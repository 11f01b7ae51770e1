package dev.agenttower.core.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTitleTest {
    private static String state(Capability capability, String program, String title) {
        return TerminalTitle.reading(capability, program, title)
                .map(reading -> reading.state().wire())
                .orElse("-");
    }

    /** Titles that were recorded with the real clients: client, situation, state, program, title. */
    @Test
    void recorded_titles_show_the_state_of_their_situation() throws IOException {
        try (InputStream in = TerminalTitleTest.class.getResourceAsStream("/titles/recorded.tsv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines()).hasSizeGreaterThan(40).allSatisfy(line -> {
                String[] fields = line.split("\t");
                Capability capability = Capability.valueOf(fields[0].toUpperCase(Locale.ROOT));
                assertThat(state(capability, fields[3], fields[4])).isEqualTo(fields[2]);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CODEX  | bash   | codex",
                "CLAUDE | claude | ✳ Claude Code",
                "CODEX  | node   | notes on codex",
                "GEMINI | node   | Ready (gemini)",
                "SHELL  | node   | ◇  Ready (gemini)"
            })
    void other_titles_show_nothing(Capability capability, String program, String title) {
        assertThat(state(capability, program, title)).isEqualTo("-");
    }

    @Property
    void any_title_shows_something_or_nothing(@ForAll Capability capability, @ForAll String title) {
        Optional<Reading> reading = TerminalTitle.reading(capability, "node", title);
        assertThat(reading.map(Reading::evidence).filter(found -> found != Evidence.SCREEN))
                .isEmpty();
    }
}
