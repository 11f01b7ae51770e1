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

    @Property
    void what_is_to_be_decided_on_hides_nothing_from_the_reader(@ForAll String text) {
        String visible = TerminalText.visible(text);

        assertThat(visible.codePoints().filter(c -> c != '\t'))
                .noneMatch(c -> Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT);
        assertThat(visible.codePointCount(0, visible.length()))
                .isGreaterThanOrEqualTo(text.codePointCount(0, text.length()));
    }

    @Example
    void what_shows_nothing_or_looks_like_something_else_is_named_where_it_is_to_be_decided_on() {
        String text = "a\u00a0b\u3164c\u034fd\ufe0fe\ue000f\u2800g\u200bh";

        assertThat(TerminalText.visible(text))
                .isEqualTo("a<U+00A0>b<U+3164>c<U+034F>d<U+FE0F>e<U+E000>f<U+2800>g<U+200B>h");
        assertThat(TerminalText.hidden(text + "\n\t " + text))
                .containsExactly("<U+00A0>", "<U+3164>", "<U+034F>", "<U+FE0F>", "<U+E000>", "<U+2800>", "<U+200B>");
        assertThat(TerminalText.safe(text)).isEqualTo("a\u00a0b?c?de\ue000f?g?h");
    }
}
