package dev.agenttower.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

class ScreenTextTest {
    private static final AttributedStyle RED = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

    private static AttributedString only(String line) {
        List<AttributedString> lines = ScreenText.of(List.of(line));
        return lines.isEmpty() ? AttributedString.EMPTY : lines.get(0);
    }

    @Example
    void keeps_colours_and_styles_from_one_line_to_the_next() {
        List<AttributedString> lines = ScreenText.of(List.of("a\u001b[31mb", "c\u001b[0md", "", " "));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).styleAt(0)).isEqualTo(AttributedStyle.DEFAULT);
        assertThat(lines.get(0).styleAt(1)).isEqualTo(RED);
        assertThat(lines.get(1).styleAt(0)).isEqualTo(RED);
        assertThat(lines.get(1).styleAt(1)).isEqualTo(AttributedStyle.DEFAULT);
    }

    @Example
    void colours_that_the_terminal_lacks_become_the_nearest_ones() {
        AttributedString line = only("\u001b[38;2;255;0;0mx\u001b[48;5;21my");
        assertThat(new ColourDepth(256).text(line))
                .isEqualTo("\u001b[38;5;196mx\u001b[0m\u001b[38;5;196;48;5;21my\u001b[0m");
        assertThat(new ColourDepth(0).text(line)).isEqualTo("xy");
    }

    @Example
    void removes_links_and_what_else_a_terminal_would_obey() {
        String line = "a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\u001b[2J\u0007b\u202ec";
        assertThat(only(line)).hasToString("alink?b?c");
    }

    @Example
    void draws_lines_where_the_terminal_has_switched_to_them() {
        assertThat(only("\u000elqk\u000flqk x")).hasToString("┌─┐lqk x");
    }

    @Property(tries = 300)
    void nothing_is_left_of_any_sequence(@ForAll @CharRange(from = 0, to = 0xff) @StringLength(max = 60) String text) {
        for (String begin : List.of("", "\u001b[", "\u001b]0;", "\u009b", "\u001b[31m\u001b[")) {
            assertThat(only(begin + text).toString().chars()).allMatch(c -> c >= ' ' && (c < 0x7f || c >= 0xa0));
        }
    }
}
