package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.Key;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardPageTest {
    private static final String ID = "a".repeat(64);
    private static final String AGENT = "agt_0123456789ab";
    private static final ScreenSize USUAL = ScreenSize.USUAL;

    private final DashboardPage page = new DashboardPage(Style.PLAIN, "");

    /** As many panes; the last one has an agent, which waits for input. */
    private static Snapshot snapshot(int panes) {
        List<BenchPane> all = new ArrayList<>();
        for (int i = 0; i < panes; i++) {
            all.add(new BenchPane(
                    new PaneKey(new ContainerId(ID), "/tmp/tmux-0/default", "work", i, 0, "%" + i),
                    "host",
                    "me",
                    "sh\u001b[2J\u202e",
                    "/",
                    i == panes - 1
                            ? Optional.of(new PaneAgent(AGENT, "slave", "claude", "backend", "unknown", "", "", ""))
                            : Optional.empty()));
        }
        return new Snapshot(
                "0.1.0",
                List.of(new Bench(ID, "host", "host", all)),
                0,
                List.of(
                        new Warning("backend waits for input: \u001b]0;x\u0007Go on? " + "x".repeat(100), AGENT),
                        new Warning("docker is degraded", "")),
                List.of(new SeenEvent(7, "2026-05-10T12:34:56.000000+00:00", AGENT, "backend", "error", "boom")),
                new NextStep(
                        "x", "Adopt", "Some detail.", "agenttower adopt --pane '%1' --container " + "n".repeat(60)),
                JsonText.object());
    }

    private String marked(Snapshot snapshot, ScreenSize size) {
        return page.lines(snapshot, size, "").stream()
                .filter(line -> line.startsWith("> "))
                .findFirst()
                .orElse("none");
    }

    @Test
    void the_most_important_line_is_selected_first_and_leads_to_its_agent() {
        assertThat(marked(snapshot(3), USUAL)).startsWith("> ! backend waits");
        assertThat(page.pane().map(BenchPane::address)).contains("work:2.0");
        page.move(Key.DOWN);
        assertThat(marked(snapshot(3), USUAL)).startsWith("> ! docker is degraded");
        assertThat(page.pane()).isEmpty();
        page.move(Key.DOWN);
        assertThat(marked(snapshot(3), USUAL)).startsWith("> work:0.0");
        assertThat(page.pane().map(BenchPane::address)).contains("work:0.0");
        page.move(Key.END);
        assertThat(marked(snapshot(3), USUAL)).startsWith("> 12:34:56");
        assertThat(page.pane().map(BenchPane::address)).contains("work:2.0");
        page.move(Key.UP);
        assertThat(marked(snapshot(3), USUAL)).startsWith("> backend");
    }

    @Test
    void what_does_not_fit_is_reached_by_scrolling_and_the_next_step_stays() {
        Snapshot many = snapshot(60);
        List<String> lines = page.lines(many, USUAL, "");
        assertThat(lines.get(lines.size() - 1)).contains("Enter goes to the pane", "(1-17 of ");
        for (int i = 0; i < 40; i++) {
            page.move(Key.DOWN);
            assertThat(page.lines(many, USUAL, "")).anyMatch(line -> line.startsWith("> "));
        }
        assertThat(marked(many, USUAL)).startsWith("> work:38.0");
        assertThat(page.lines(many, USUAL, "")).contains("Next: Adopt");
        page.move(Key.PAGE_DOWN);
        assertThat(marked(many, USUAL)).startsWith("> work:54.0");
        page.move(Key.START);
        assertThat(marked(many, USUAL)).startsWith("> ! backend");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 8, 12, 16, 24, 100})
    void fills_a_screen_of_any_height_at_most_and_shows_its_keys(int rows) {
        for (int columns : new int[] {20, 40, 80, 200}) {
            ScreenSize size = new ScreenSize(columns, rows);
            for (String message : List.of("", "outside of tmux: " + "y".repeat(400))) {
                for (Key key : Key.values()) {
                    page.move(key);
                    List<String> lines = page.lines(snapshot(60), size, message);
                    assertThat(lines.stream()
                                    .mapToInt(line -> FullScreen.rows(line, columns))
                                    .sum())
                            .isLessThanOrEqualTo(rows);
                    assertThat(lines.get(lines.size() - 1))
                            .startsWith(message.isEmpty() ? "arrows or j k move" : "outside of tmux");
                }
            }
        }
    }

    @Test
    void a_low_screen_scrolls_to_the_next_step() {
        ScreenSize low = new ScreenSize(80, 8);
        assertThat(page.lines(snapshot(3), low, "")).doesNotContain("Next: Adopt");
        for (int i = 0; i < 20; i++) {
            page.move(Key.DOWN);
            page.lines(snapshot(3), low, "");
        }
        assertThat(page.lines(snapshot(3), low, ""))
                .contains("Next: Adopt")
                .anyMatch(line -> line.contains("adopt --pane"));
    }

    @Test
    void colours_change_nothing_and_nothing_foreign_reaches_the_terminal_as_a_command() {
        DashboardPage coloured = new DashboardPage(new Style(true), "");
        for (Key key : List.of(Key.NONE, Key.DOWN, Key.DOWN, Key.END)) {
            page.move(key);
            coloured.move(key);
            List<String> plain = page.lines(snapshot(30), USUAL, "\u001b[2Jgone");
            assertThat(String.join("\n", plain)).doesNotContain("\u001b", "\u202e", "\u0007");
            assertThat(coloured.lines(snapshot(30), USUAL, "\u001b[2Jgone").stream()
                            .map(FullScreen::plain))
                    .isEqualTo(plain);
        }
    }

    @Test
    void the_selection_stays_with_its_pane_when_others_come() {
        page.lines(snapshot(3), USUAL, "");
        page.move(Key.DOWN);
        page.move(Key.DOWN);
        page.move(Key.DOWN);
        assertThat(marked(snapshot(3), USUAL)).startsWith("> work:1.0");
        assertThat(marked(snapshot(30), USUAL)).startsWith("> work:1.0");
        assertThat(marked(snapshot(30), new ScreenSize(80, 10))).startsWith("> work:1.0");
    }
}
