package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.dashboard.DashboardView.Line;
import dev.agenttower.cli.terminal.Key;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ViewportTest {
    private final Viewport viewport = new Viewport();

    private static Line text(String text) {
        return new Line(text, null);
    }

    private static Line pane(int number) {
        PaneKey key = new PaneKey(new ContainerId("c"), "/s", "main", 0, number, "%" + number);
        return new Line("  pane " + number, new BenchPane(key, "c", "sh", "/", Optional.empty()));
    }

    /** Two lines, six panes with a line behind the third, two lines. */
    private static List<Line> lines() {
        List<Line> lines = new ArrayList<>(List.of(text("head"), text("")));
        for (int i = 0; i < 6; i++) {
            lines.add(pane(i));
            if (i == 2) {
                lines.add(text("bench"));
            }
        }
        lines.addAll(List.of(text(""), text("end")));
        return lines;
    }

    private String chosen() {
        return Objects.requireNonNull(viewport.chosen()).key().paneId();
    }

    private void press(Key... keys) {
        for (Key key : keys) {
            viewport.move(key);
        }
    }

    @Test
    void what_has_room_is_shown_as_it_is_with_the_first_pane_chosen() {
        viewport.show(lines(), 20);
        assertThat(viewport.isCut()).isFalse();
        assertThat(viewport.visible())
                .containsExactly(
                        "head",
                        "",
                        "> pane 0",
                        "  pane 1",
                        "  pane 2",
                        "bench",
                        "  pane 3",
                        "  pane 4",
                        "  pane 5",
                        "",
                        "end");
    }

    @Test
    void the_choice_moves_over_panes_and_stays_on_the_screen() {
        viewport.show(lines(), 4);
        assertThat(viewport.visible()).containsExactly("head", "", "> pane 0", "  pane 1");
        press(Key.DOWN, Key.DOWN, Key.DOWN);
        assertThat(viewport.visible()).containsExactly("  pane 1", "  pane 2", "bench", "> pane 3");
        press(Key.UP);
        assertThat(viewport.visible()).containsExactly("  pane 1", "> pane 2", "bench", "  pane 3");
    }

    @Test
    void the_last_pane_shows_the_end_and_the_first_one_the_beginning() {
        viewport.show(lines(), 4);
        press(Key.LAST);
        assertThat(viewport.visible()).containsExactly("  pane 4", "> pane 5", "", "end");
        press(Key.DOWN);
        assertThat(chosen()).isEqualTo("%5");
        press(Key.FIRST);
        assertThat(viewport.visible()).containsExactly("head", "", "> pane 0", "  pane 1");
        press(Key.UP);
        assertThat(chosen()).isEqualTo("%0");
    }

    @Test
    void a_page_goes_as_far_as_the_screen_is_high() {
        viewport.show(lines(), 4);
        press(Key.PAGE_DOWN);
        assertThat(chosen()).isEqualTo("%3");
        press(Key.PAGE_DOWN, Key.PAGE_DOWN);
        assertThat(chosen()).isEqualTo("%5");
        press(Key.PAGE_UP);
        assertThat(chosen()).isEqualTo("%2");
        press(Key.PAGE_UP, Key.PAGE_UP);
        assertThat(chosen()).isEqualTo("%0");
    }

    @Test
    void the_choice_stays_with_its_pane() {
        viewport.show(lines(), 20);
        press(Key.DOWN, Key.DOWN);
        List<Line> fewer = new ArrayList<>(lines());
        fewer.remove(2);
        viewport.show(fewer, 20);
        assertThat(chosen()).isEqualTo("%2");
        fewer.removeIf(line -> line.text().equals("  pane 2"));
        viewport.show(fewer, 20);
        assertThat(chosen()).isEqualTo("%1");
    }

    @Test
    void without_panes_the_lines_scroll() {
        viewport.show(List.of(text("a"), text("b"), text("c"), text("d")), 2);
        press(Key.ENTER, Key.DOWN);
        assertThat(viewport.chosen()).isNull();
        assertThat(viewport.visible()).containsExactly("b", "c");
        press(Key.LAST);
        assertThat(viewport.visible()).containsExactly("c", "d");
        press(Key.PAGE_UP, Key.UP);
        assertThat(viewport.visible()).containsExactly("a", "b");
        viewport.show(List.of(), 2);
        press(Key.DOWN, Key.LAST, Key.FIRST);
        assertThat(viewport.visible()).isEmpty();
    }
}
