package dev.agenttower.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SelectionTest {
    /** Two headings with rows, blanks between and behind. */
    private static final List<String> ROWS = List.of("", "", "a", "b", "", "", "c", "d", "e", "", "");

    private final Selection selection = new Selection();

    private void show(int height) {
        selection.show(ROWS, height);
    }

    private String selected() {
        return selection.selected() < 0 ? "none" : ROWS.get(selection.selected());
    }

    private void steps(int count) {
        for (int i = 0; i < Math.abs(count); i++) {
            selection.step(Integer.signum(count));
        }
    }

    @Test
    void selects_the_first_row_at_first_and_stops_at_both_ends() {
        show(20);
        assertThat(selected()).isEqualTo("a");
        steps(-1);
        assertThat(selected()).isEqualTo("a");
        steps(9);
        assertThat(selected()).isEqualTo("e");
        assertThat(selection.top()).isZero();
        assertThat(selection.bottom()).isEqualTo(ROWS.size());
    }

    @Test
    void scrolls_no_further_than_the_selected_row_needs() {
        show(5);
        steps(2);
        assertThat(selected()).isEqualTo("c");
        assertThat(selection.top()).isEqualTo(2);
        assertThat(selection.bottom()).isEqualTo(7);
        steps(-1);
        assertThat(selected()).isEqualTo("b");
        assertThat(selection.top()).isEqualTo(2);
    }

    @Test
    void scrolls_to_what_stands_above_and_below_all_rows_that_can_be_selected() {
        show(4);
        steps(6);
        assertThat(selected()).isEqualTo("e");
        assertThat(selection.bottom()).isEqualTo(ROWS.size());
        steps(-6);
        assertThat(selected()).isEqualTo("a");
        assertThat(selection.top()).isZero();
    }

    @Test
    void skips_no_row_unseen_where_many_in_a_row_cannot_be_selected() {
        selection.show(List.of("a", "", "", "", "", "", "b"), 2);
        steps(3);
        assertThat(selection.top()).isEqualTo(3);
        assertThat(selection.selected()).isEqualTo(-1);
        steps(1);
        assertThat(selection.top()).isEqualTo(4);
        steps(1);
        assertThat(selection.selected()).isEqualTo(6);
    }

    @Test
    void pages_overlap_by_one_row() {
        show(5);
        selection.page(1);
        assertThat(selection.top()).isEqualTo(4);
        assertThat(selected()).isEqualTo("c");
        selection.page(1);
        assertThat(selection.top()).isEqualTo(6);
        assertThat(selected()).isEqualTo("e");
        selection.page(-1);
        assertThat(selection.top()).isEqualTo(2);
        selection.page(-1);
        assertThat(selection.top()).isZero();
        assertThat(selected()).isEqualTo("a");
    }

    @Test
    void goes_to_both_ends() {
        show(5);
        selection.toEnd();
        assertThat(selected()).isEqualTo("e");
        assertThat(selection.bottom()).isEqualTo(ROWS.size());
        selection.toStart();
        assertThat(selected()).isEqualTo("a");
        assertThat(selection.top()).isZero();
    }

    @Test
    void follows_its_row_to_another_place_and_to_another_height() {
        show(5);
        steps(3);
        assertThat(selected()).isEqualTo("d");
        selection.show(List.of("d", "a", "b", "c"), 3);
        assertThat(selection.selected()).isZero();
        assertThat(selection.top()).isZero();
        selection.show(List.of("x", "x2", "x3", "d", "a"), 2);
        assertThat(selection.selected()).isEqualTo(3);
        assertThat(selection.bottom()).isEqualTo(4);
    }

    @Test
    void selects_the_nearest_row_when_its_own_is_gone() {
        show(20);
        steps(3);
        selection.show(List.of("", "", "a", "b", "", "", "c", "e"), 20);
        assertThat(selection.selected()).isEqualTo(7);
        selection.show(List.of("", ""), 20);
        assertThat(selection.selected()).isEqualTo(-1);
        show(20);
        assertThat(selected()).isEqualTo("a");
    }

    @Test
    void an_empty_list_has_nothing_to_select() {
        selection.step(1);
        selection.page(-1);
        selection.toEnd();
        assertThat(selection.selected()).isEqualTo(-1);
        assertThat(selection.bottom()).isZero();
    }

    @Property
    void what_is_selected_is_on_the_screen_whatever_happens(
            @ForAll @Size(max = 12) List<@IntRange(max = 2) Integer> kinds,
            @ForAll @Size(max = 30) List<@IntRange(max = 7) Integer> actions,
            @ForAll @IntRange(min = 1, max = 6) int height) {
        List<String> rows = new ArrayList<>();
        kinds.forEach(kind -> rows.add(kind == 0 ? "" : "row " + rows.size()));
        Selection any = new Selection();
        any.show(rows, height);
        for (int action : actions) {
            switch (action) {
                case 0 -> any.step(1);
                case 1 -> any.step(-1);
                case 2 -> any.page(1);
                case 3 -> any.page(-1);
                case 4 -> any.toStart();
                case 5 -> any.toEnd();
                case 6 -> any.show(rows, height + 1);
                default -> any.show(rows, height);
            }
            assertThat(any.top()).isBetween(0, Math.max(rows.size() - height, 0));
            assertThat(any.bottom()).isBetween(any.top(), rows.size());
            if (any.selected() >= 0) {
                assertThat(any.selected()).isBetween(any.top(), any.bottom() - 1);
                assertThat(rows.get(any.selected())).isNotEmpty();
            }
        }
    }

    @Property
    void steps_reach_every_row(@ForAll @Size(max = 15) List<Boolean> kinds, @ForAll @IntRange(min = 1, max = 5) int h) {
        List<String> rows = new ArrayList<>();
        kinds.forEach(kind -> rows.add(kind ? "row " + rows.size() : ""));
        Selection any = new Selection();
        any.show(rows, h);
        List<Integer> seen = new ArrayList<>();
        List<Integer> selected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (int row = any.top(); row < any.bottom(); row++) {
                seen.add(row);
            }
            selected.add(any.selected());
            any.step(1);
        }
        for (int row = 0; row < rows.size(); row++) {
            assertThat(seen).contains(row);
            if (kinds.get(row)) {
                assertThat(selected).contains(row);
            }
        }
    }
}
