package dev.agenttower.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.console.ConsoleState.Page;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.inbox.InboxItem;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

class ConsoleScreenTest {
    private static final ConsoleState START = ConsoleState.START;
    private static final ColourDepth NO_COLOURS = new ColourDepth(0);

    private static List<AttributedString> lines(KnownTower tower, ConsoleState state, int columns, int rows) {
        PaneScreen shown = new PaneScreen(
                ConsoleFixture.DOCS.key(), ScreenText.of(List.of("first", "\u001b[32msecond", "third")), "");
        return new ConsoleScreen(
                        tower, shown, new ScreenSize(columns, rows), Instant.parse(ConsoleFixture.NOW), "/home/me")
                .lines(state);
    }

    private static List<String> text(ConsoleState state, int columns, int rows) {
        return lines(ConsoleFixture.TOWER, state, columns, rows).stream()
                .map(line -> NO_COLOURS.text(line).stripTrailing())
                .toList();
    }

    @Example
    void in_60_columns_the_agents_stand_above_what_is_known_of_the_chosen_one() {
        assertThat(text(START, 60, 12))
                .containsExactly(
                        "AgentTower  3 agents, 1 need you, 1 working",
                        "> needs you tests            3h   slave        ~/shop",
                        "  working   backend          2m   slave        ~/shop",
                        "  waiting   docs                  slave        ~/shop",
                        "─".repeat(60),
                        "tests  slave claude  host work:1.0  ~/shop",
                        "rm -rf /",
                        "",
                        "",
                        "",
                        "Enter go there  s send  a adopt  n new  i what waits  ? help",
                        " Pending authorizations: 2 -- open ADT Panel (Ctrl+G)");
    }

    @Example
    void in_a_wide_window_both_stand_side_by_side() {
        List<String> lines = text(START.choosing("agt_backend"), 120, 10);
        assertThat(lines).hasSize(10);
        assertThat(lines.get(1))
                .isEqualTo(
                        "  needs you tests            3h   slave          │ backend  slave claude  host work:0.0  ~/shop");
        assertThat(lines.get(2)).isEqualTo("> working   backend          2m   slave          │ Bash");
        assertThat(lines.get(9))
                .startsWith(" Pending authorizations: 2 -- open ADT Panel (Ctrl+G)  ")
                .endsWith("? help  q quit");
    }

    @Example
    void shows_the_end_of_the_screen_of_the_chosen_pane_in_its_colours() {
        List<AttributedString> lines = lines(ConsoleFixture.TOWER, START.choosing("agt_docs"), 60, 10);
        assertThat(text(START.choosing("agt_docs"), 60, 10).subList(5, 8))
                .containsExactly("docs  slave claude  host work:2.0  ~/shop", "second", "third");
        assertThat(lines.get(6).styleAt(0)).isEqualTo(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN));
    }

    @Example
    void shows_what_waits_of_all_projects() {
        assertThat(text(START.on(Page.WAITING), 80, 8))
                .contains(
                        "> 1h   shop             _cortex/MASTER_PLAN.md  Developer  a host",
                        "  1h   web              config/specs.json  Developer  wider",
                        "       waiting permiss… tests  rm -rf /");
    }

    @Example
    void tells_when_nothing_is_delivered_and_when_the_daemon_is_away() {
        KnownTower tower = new KnownTower(List.of(), List.of(), false, "the daemon does not answer");
        List<String> lines = lines(tower, START, 100, 8).stream()
                .map(AttributedString::toString)
                .toList();
        assertThat(lines.get(0)).contains("kill switch").contains("the daemon does not answer");
        assertThat(lines.get(7)).startsWith(" Nothing waits for you");
    }

    @Example
    void a_long_message_takes_the_rows_that_it_needs() {
        String command = "outside of tmux: tmux -S /tmp/tmux-0/a-socket-of-another-server attach-session -t %12";
        List<String> lines = text(START.saying(command), 60, 8);
        assertThat(lines).hasSize(8);
        assertThat(lines.get(5) + lines.get(6)).isEqualTo(command);
    }

    @Example
    void a_passphrase_is_not_shown() {
        Prompt asked = Prompt.of(Prompt.Kind.PASSPHRASE, "Operator passphrase").with("sesame");
        assertThat(String.join("\n", text(START.asking(asked), 80, 10)))
                .contains("Operator passphrase:")
                .doesNotContain("sesame");
    }

    @Example
    void colours_are_those_that_the_terminal_has() {
        AttributedString header = lines(ConsoleFixture.TOWER, START, 80, 10).get(0);
        assertThat(new ColourDepth(256).text(header)).contains("\u001b[33m");
        assertThat(NO_COLOURS.text(header)).doesNotContain("\u001b");
        AttributedString rule = lines(ConsoleFixture.TOWER, START, 60, 12).get(4);
        assertThat(new ColourDepth(256).text(rule)).isEqualTo("\u001b[2m" + "─".repeat(60) + "\u001b[0m");
    }

    /** Whatever others write, each line fits into the window, and none holds a code that is not of the console. */
    @Property(tries = 200)
    void each_line_fits_and_holds_no_control_character(
            @ForAll @StringLength(max = 200) String text,
            @ForAll @IntRange(min = 40, max = 160) int columns,
            @ForAll @IntRange(min = 5, max = 30) int rows,
            @ForAll Page page) {
        InboxItem change = ConsoleFixture.change(text, "scr_1", text, text);
        KnownTower tower = new KnownTower(
                List.of(ConsoleFixture.pane(0, ConsoleFixture.agent(text, "idle", text, text)), ConsoleFixture.FREE),
                List.of(change),
                true,
                text);
        ConsoleState state = START.showing(ConsoleFixture.review(change, "@@ -1 +1 @@\n+" + text, true))
                .on(page)
                .saying(text);
        List<AttributedString> lines = lines(tower, state, columns, rows);
        assertThat(lines).hasSizeLessThanOrEqualTo(rows);
        assertThat(lines).allMatch(line -> line.columnLength() <= columns);
        assertThat(lines).noneMatch(line -> line.toString().chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x9b));
    }

    /** A person decides on the change, so all of it can be seen. */
    @Property(tries = 100)
    void a_long_line_of_a_diff_is_folded_and_loses_nothing(
            @ForAll @StringLength(min = 1, max = 400) String text, @ForAll @IntRange(min = 40, max = 100) int columns) {
        String line = text.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) && Character.isDefined(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String visible = TerminalText.visible("+" + line);
        ConsoleState state = START.showing(ConsoleFixture.review(ConsoleFixture.PLAN, "@@ -1 +1 @@\n+" + line, true));
        List<String> rows = lines(ConsoleFixture.TOWER, state, columns, 200).stream()
                .map(AttributedString::toString)
                .toList();
        int from = rows.indexOf("@@ -1 +1 @@") + 1;
        String shown = rows.subList(from, rows.size() - 2).stream()
                .filter(row -> !row.isEmpty())
                .map(row -> row.startsWith("↳ ") ? row.substring(2) : row)
                .collect(Collectors.joining());
        assertThat(shown).isEqualTo(visible);
    }
}
