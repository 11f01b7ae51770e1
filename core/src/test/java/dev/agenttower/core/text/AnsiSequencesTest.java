package dev.agenttower.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsiSequencesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\033[m",
                "\033[31m",
                "\033[1;38:5:208m",
                "\033[?25h",
                "\033[>0;276;0c",
                "\033[3~",
                "\033[2@",
                "\033[0 q",
                "\033[!p",
                "\033[1;2;3{",
                "\033[4|",
                "\033[1}",
                "\033]0;title\007",
                "\033]8;;https://example.org\033\\",
                "\033]0;title\u009c",
                "\033Pq#0;2;0;0;0\033\\",
                "\033_payload\033\\",
                "\033^payload\033\\",
                "\033Xpayload\033\\",
                "\033(B",
                "\033 F",
                "\033%/G",
                "\033c",
                "\0337",
                "\0338",
                "\033=",
                "\033>",
                "\033\\",
                "\u009b31m",
                "\u009d0;title\007",
                "\u0090payload\u009c"
            })
    void removes_a_sequence_from_the_text_around_it(String sequence) {
        assertThat(AnsiSequences.strip(sequence)).isEmpty();
        assertThat(AnsiSequences.strip("left" + sequence + "right" + sequence)).isEqualTo("leftright");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "ends in \033",
                "unfinished \033[",
                "unfinished \033[31",
                "interrupted \033[31\ttext",
                "no end \033]0;title",
                "\033\ttab",
                "\033ä",
                "next line \u0085 stays",
                "brackets [31m stay"
            })
    void keeps_what_is_no_whole_sequence(String text) {
        assertThat(AnsiSequences.strip(text)).isEqualTo(text);
    }

    @Test
    void a_text_without_sequences_is_the_same_object() {
        String text = "nothing to remove, not even \u0085";
        assertThat(AnsiSequences.strip(text)).isSameAs(text);
        assertThat(AnsiSequences.mayOccurIn(text)).isFalse();
        assertThat(AnsiSequences.mayOccurIn("a\033")).isTrue();
        assertThat(AnsiSequences.mayOccurIn("a\u009b")).isTrue();
    }

    @Test
    void a_string_without_an_end_loses_its_introducer_only() {
        assertThat(AnsiSequences.strip("a\033Pb")).isEqualTo("ab");
        assertThat(AnsiSequences.strip("a\033]b\033[31mc")).isEqualTo("a\033]bc");
    }

    @ParameterizedTest
    @CsvSource({
        "'\033]'",
        "'\033P'",
        "'\033['",
        "'\033'",
        "'\033[1'",
        "'\u0090'",
        "'\033]\u009d'",
        "'\033('",
        "'\033[ '"
    })
    @Timeout(5)
    void takes_time_in_proportion_to_the_text(String piece) {
        assertThatNoException().isThrownBy(() -> AnsiSequences.strip(piece.repeat(1 << 20)));
    }
}
