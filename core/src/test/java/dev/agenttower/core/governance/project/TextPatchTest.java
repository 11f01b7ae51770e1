package dev.agenttower.core.governance.project;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextPatchTest {
    @Property(tries = 3000)
    void applies_exactly_when_the_piece_occurs_once(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String text,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 3) String piece,
            @ForAll @StringLength(max = 4) String put) {
        int count = 0;
        for (int at = 0; (at = text.indexOf(piece, at)) >= 0; at += piece.length()) {
            count++;
        }
        if (count == 1 && text.indexOf(piece) != text.lastIndexOf(piece)) {
            count = 2;
        }
        TextPatch patch = new TextPatch(piece, put);
        assertThat(patch.occurrences(text)).isEqualTo(count);
        assertThat(patch.applyTo(text).isPresent()).isEqualTo(count == 1);
        if (count == 1) {
            int at = text.indexOf(piece);
            assertThat(patch.applyTo(text).orElseThrow())
                    .isEqualTo(text.substring(0, at) + put + text.substring(at + piece.length()));
        }
    }

    @Test
    void line_ends_are_alike_when_searched_and_kept_when_written() {
        assertThat(new TextPatch("b\nc", "x\ny").applyTo("a\r\nb\r\nc\r\nd\n")).contains("a\r\nx\r\ny\r\nd\n");
        assertThat(new TextPatch("b", "x\ny").applyTo("a\r\nb\r\n")).contains("a\r\nx\r\ny\r\n");
        assertThat(new TextPatch("b\r\nc", "x").applyTo("a\nb\nc\n")).contains("a\nx\n");
    }

    @Test
    void a_piece_that_overlaps_itself_is_ambiguous() {
        assertThat(new TextPatch("aa", "b").occurrences("aaa")).isEqualTo(2);
        assertThat(new TextPatch("aa", "b").applyTo("xaaay")).isEmpty();
        assertThat(new TextPatch("}\n}", "x").applyTo("{{{\r\n}\r\n}\r\n}")).isEmpty();
        assertThat(new TextPatch("aa", "b").occurrences("aaaa")).isEqualTo(2);
        assertThat(new TextPatch("aa", "b").applyTo("aab")).contains("bb");
    }

    @Test
    void an_empty_piece_occurs_everywhere() {
        assertThat(new TextPatch("", "x").occurrences("abc")).isEqualTo(4);
        assertThat(new TextPatch("", "x").applyTo("")).contains("x");
    }
}
