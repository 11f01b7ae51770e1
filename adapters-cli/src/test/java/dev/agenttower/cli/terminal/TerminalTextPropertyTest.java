package dev.agenttower.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TerminalTextPropertyTest {
    @Property(tries = 500)
    void safe_text_has_nothing_that_a_terminal_obeys(@ForAll String text) {
        assertThat(TerminalText.safe(text).codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT)
                .noneMatch(c -> c == 0x2028 || c == 0x2029);
    }

    @Property(tries = 500)
    void cut_text_fits(@ForAll String text, @ForAll @IntRange(min = 0, max = 40) int columns) {
        String safe = TerminalText.safe(text);

        assertThat(TerminalText.width(TerminalText.fit(safe, columns))).isLessThanOrEqualTo(columns);
        assertThat(TerminalText.width(TerminalText.fitEnd(safe, columns))).isLessThanOrEqualTo(columns);
        assertThat(TerminalText.width(TerminalText.pad(safe, columns))).isGreaterThanOrEqualTo(columns);
    }

    @Example
    void escapes_and_direction_marks_become_question_marks() {
        assertThat(TerminalText.safe("a\u001b[31mb\u202ec\u2066d\u009be\tf\ng")).isEqualTo("a?[31mb?c?d?e f g");
    }

    @Example
    void widths_are_those_of_a_terminal() {
        assertThat(TerminalText.width("abc")).isEqualTo(3);
        assertThat(TerminalText.width("日本")).isEqualTo(4);
        assertThat(TerminalText.width("e\u0301")).isEqualTo(1);
        assertThat(TerminalText.width("🚀")).isEqualTo(2);
        assertThat(TerminalText.fit("日本語", 4)).isEqualTo("日…");
        assertThat(TerminalText.fitEnd("/home/me/src", 6)).isEqualTo("…e/src");
    }
}
