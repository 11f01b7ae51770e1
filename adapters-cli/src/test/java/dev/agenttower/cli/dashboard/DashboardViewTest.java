package dev.agenttower.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardViewTest {
    private static final String HOST = "a".repeat(64);
    private static final String BENCH = "b".repeat(64);
    private static final PaneAgent BACKEND =
            new PaneAgent("agt_0123456789ab", "slave", "claude", "backend", "unknown", "", "", "");
    private static final PaneAgent UNNAMED =
            new PaneAgent("agt_ba9876543210", "unknown", "unknown", "", "unknown", "", "", "");
    private static final NextStep ADOPT = new NextStep(
            "unadopted_panes_present",
            "2 panes wait for adoption",
            "An adopted pane can be named, recorded and sent prompts; a pane that is not adopted is only listed.",
            "agenttower adopt --pane '%1' --role slave --label NAME");

    private static BenchPane pane(
            String container,
            String bench,
            String socket,
            int index,
            String command,
            String folder,
            PaneAgent... agent) {
        return new BenchPane(
                new PaneKey(new ContainerId(container), socket, "work", 0, index, "%" + index),
                bench,
                "me",
                command,
                folder,
                Optional.ofNullable(agent.length == 0 ? null : agent[0]));
    }

    private static Snapshot busy() {
        Bench host = new Bench(
                HOST,
                "host",
                "",
                List.of(
                        pane(HOST, "host", "/tmp/tmux-1000/default", 0, "claude", "/home/me/src/shop", BACKEND),
                        pane(
                                HOST,
                                "host",
                                "/tmp/tmux-1000/default",
                                1,
                                "vim",
                                "/home/me/src/a/very/long/path/that/never/ends/really")));
        Bench bench = new Bench(
                BENCH,
                "py-bench",
                "bench:local",
                List.of(
                        pane(BENCH, "py-bench", "/tmp/tmux-0/default", 0, "python", "/work", UNNAMED),
                        pane(BENCH, "py-bench", "/tmp/tmux-0/second", 0, "日本語\u001b[2J\u202e", "/")));
        return new Snapshot(
                "0.1.0",
                List.of(host, bench, new Bench("c".repeat(64), "empty-bench", "bench:local", List.of())),
                1,
                List.of(
                        new Warning("docker is degraded: the last scan took longer than its deadline", ""),
                        new Warning("1 message is blocked", "")),
                List.of(new SeenEvent(
                        1, "2026-05-10T12:34:56.000000+00:00", "agt_0123456789ab", "backend", "error", "Error: boom")),
                ADOPT,
                JsonText.object());
    }

    private static Snapshot nothing() {
        return new Snapshot(
                "0.1.0",
                List.of(),
                0,
                List.of(),
                List.of(),
                new NextStep("no_containers", "No bench is known yet", "", "agenttower demo"),
                JsonText.object());
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = DashboardViewTest.class.getResourceAsStream("/dashboard/" + name)) {
            return in == null ? "missing: " + name : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String render(Snapshot snapshot, int columns) {
        return String.join("\n", new DashboardView(Style.PLAIN, columns, "/home/me").lines(snapshot)) + "\n";
    }

    @Test
    void looks_like_this_at_80_columns() throws IOException {
        assertThat(render(busy(), 80)).isEqualTo(golden("busy-80.txt"));
    }

    @Test
    void looks_like_this_at_120_columns() throws IOException {
        assertThat(render(busy(), 120)).isEqualTo(golden("busy-120.txt"));
    }

    @Test
    void tells_a_newcomer_how_to_begin() throws IOException {
        assertThat(render(nothing(), 80)).isEqualTo(golden("nothing-80.txt"));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 200})
    void no_line_but_a_command_is_wider_than_the_terminal(int columns) {
        assertThat(new DashboardView(Style.PLAIN, columns, "").lines(busy()))
                .filteredOn(line -> !line.contains("agenttower adopt"))
                .allMatch(line -> TerminalText.width(line) <= columns);
    }

    @Test
    void nothing_from_a_pane_reaches_the_terminal_as_a_command() {
        assertThat(render(busy(), 80)).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void colours_take_no_columns() {
        List<String> plain = new DashboardView(Style.PLAIN, 80, "").lines(busy());
        List<String> coloured = new DashboardView(new Style(true), 80, "").lines(busy());

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(plain);
    }
}
