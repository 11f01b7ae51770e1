package dev.agenttower.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.text.Text;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class PaneTextPropertyTest {
    private static final BenchTarget TARGET = new BenchTarget(new ContainerId("a"), "a-bench", "user");

    @Property
    void whatever_tmux_prints_becomes_one_bounded_line_without_controls(
            @ForAll @StringLength(max = 5000) String printed) {
        PaneText text = new PaneText(TARGET, "/tmp/tmux-1000/default");

        Pane pane = text.stored(
                new ObservedPane(printed, 0, 0, printed, 1, printed, printed, printed, printed, true), "at");

        assertThat(Text.length(pane.title())).isLessThanOrEqualTo(PaneText.LIMIT);
        assertThat(Text.length(pane.currentPath())).isLessThanOrEqualTo(PaneText.PATH_LIMIT);
        assertThat(pane.title().chars().noneMatch(c -> c < 0x20 || (c >= 0x7f && c <= 0x9f)))
                .isTrue();
    }

    @Property
    void cleaning_twice_changes_nothing_more(@ForAll @StringLength(max = 300) String printed) {
        String once = titleOf(printed);
        assertThat(titleOf(once)).isEqualTo(once);
    }

    private static String titleOf(String printed) {
        return new PaneText(TARGET, "/s")
                .stored(new ObservedPane("s", 0, 0, "%1", 1, "", "", "", printed, true), "at")
                .title();
    }
}
