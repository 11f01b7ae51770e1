package dev.agenttower.panel.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.panel.governance.DiffText.Kind;
import dev.agenttower.panel.governance.DiffText.Line;
import dev.agenttower.panel.governance.DiffText.Part;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DiffTextTest {
    private static final String DIFF = """
            --- a/plan
            +++ b/plan
            @@ -3,4 +3,5 @@
             same
            -the second line
            --- looks like a head
            +the second improved line
            +-- looks like a head
            +new
             end
            \\ No newline at end of file
            """;

    private static String text(Line line) {
        return line.parts().stream().map(Part::text).collect(Collectors.joining());
    }

    @Test
    void lines_have_their_numbers_kinds_and_whole_texts() {
        DiffText diff = DiffText.of(DIFF);

        assertThat(diff.added()).isEqualTo(3);
        assertThat(diff.removed()).isEqualTo(2);
        assertThat(diff.isCut()).isFalse();
        assertThat(diff.lines())
                .extracting(line -> line.kind() + " " + line.before() + "/" + line.after() + " " + text(line))
                .containsExactly(
                        "HUNK / @@ -3,4 +3,5 @@",
                        "SAME 3/3 same",
                        "REMOVED 4/ the second line",
                        "REMOVED 5/ -- looks like a head",
                        "ADDED /4 the second improved line",
                        "ADDED /5 -- looks like a head",
                        "ADDED /6 new",
                        "SAME 6/7 end",
                        "NOTE / \\ No newline at end of file");
    }

    @Test
    void changed_words_are_marked_and_unchanged_ones_are_not() {
        DiffText diff = DiffText.of(DIFF);

        assertThat(diff.lines().get(2).parts()).containsExactly(new Part("the second line", false));
        assertThat(diff.lines().get(4).parts())
                .filteredOn(Part::isChanged)
                .hasSize(1)
                .allSatisfy(part -> assertThat(part.text()).contains("improved").doesNotContain("second"));
        assertThat(diff.lines().get(6).parts()).containsExactly(new Part("new", false));
    }

    @Test
    void lines_stand_beside_those_that_take_their_place() {
        assertThat(DiffText.of(DIFF).pairs())
                .extracting(pair -> (pair.left() == null ? "" : text(pair.left())) + "|"
                        + (pair.right() == null ? "" : text(pair.right())))
                .contains("same|same", "the second line|the second improved line", "|new", "end|end");
    }

    @Test
    void what_a_reader_cannot_tell_apart_is_named() {
        DiffText diff = DiffText.of("@@ -1 +1 @@\n-a\n+a\u202E\u00A0\u0000b\n");

        assertThat(text(diff.lines().get(2))).isEqualTo("a<U+202E><U+00A0><U+0000>b");
    }

    @Test
    void a_diff_that_is_too_long_says_so() {
        assertThat(DiffText.of("@@ -1 +1 @@\n" + "+x\n".repeat(3000)).isCut()).isTrue();
        assertThat(DiffText.of("@@ -1 +1 @@\n" + "+x\n".repeat(2999)).isCut()).isFalse();
        assertThat(DiffText.of("@@ -1 +1 @@\n" + "+x\n".repeat(5000)).added()).isEqualTo(5000);
    }

    @Property(tries = 300)
    void no_text_of_an_agent_breaks_a_diff(@ForAll String text) {
        DiffText diff = DiffText.of("--- a\n+++ b\n@@ -1 +1 @@\n-" + text + "\n+" + text + "x\n");

        assertThat(diff.lines()).isNotEmpty();
        assertThat(diff.pairs()).isNotEmpty();
        assertThat(diff.lines().get(0).kind()).isEqualTo(Kind.HUNK);
    }
}
