package dev.agenttower.cli.dashboard;

import static java.util.Objects.requireNonNull;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.cli.terminal.TextTable;
import dev.agenttower.cli.terminal.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats a snapshot as lines of a given width. */
public final class DashboardView {
    private static final int INDENT = 2;
    private static final int TIME_BEGIN = "2026-05-10T".length();
    private static final int TIME_END = "2026-05-10T12:00:00".length();
    private static final String START_A_BENCH = "docker run -d --name my-bench IMAGE sleep infinity";

    private final Style style;
    private final int columns;
    private final String home;

    /**
     * Creates a view.
     *
     * @param home the home folder, shown as {@code ~} in paths; empty for none
     */
    public DashboardView(Style style, int columns, String home) {
        this.style = requireNonNull(style, "style");
        this.columns = columns;
        this.home = requireNonNull(home, "home");
    }

    /** All lines. */
    public List<String> lines(Snapshot snapshot) {
        return Stream.concat(facts(snapshot).stream().map(Line::text), next(snapshot).stream())
                .toList();
    }

    /** The lines but those of the next step, with the panes that they show. */
    List<Line> facts(Snapshot snapshot) {
        List<Line> lines = new ArrayList<>();
        head(snapshot).forEach(text -> lines.add(new Line(text, null)));
        lines.addAll(body(snapshot));
        events(snapshot).forEach(text -> lines.add(new Line(text, null)));
        return lines;
    }

    /**
     * A line.
     *
     * @param pane the pane that it shows; null for other lines
     */
    record Line(String text, @Nullable BenchPane pane) {}

    private List<String> head(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(snapshot));
        lines.add("");
        if (!snapshot.attention().isEmpty()) {
            lines.add(style.bold("Needs attention"));
            for (String text : snapshot.attention()) {
                lines.add(style.warning(TerminalText.fit("  ! " + TerminalText.safe(text), columns)));
            }
            lines.add("");
        }
        return lines;
    }

    private String summary(Snapshot snapshot) {
        long agents = snapshot.panes().stream().filter(pane -> !pane.isFree()).count();
        String facts = count(snapshot.benches().size(), "bench", "benches") + ", "
                + count(snapshot.panes().size(), "pane", "panes") + ", " + count(agents, "agent", "agents")
                + (snapshot.inactiveAgents() == 0 ? "" : " (+" + snapshot.inactiveAgents() + " gone)");
        String title = "AgentTower " + TerminalText.safe(snapshot.daemonVersion());
        return style.bold(title) + "  " + TerminalText.fit(facts, Math.max(columns - title.length() - 2, 0));
    }

    private static String count(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private List<Line> body(Snapshot snapshot) {
        List<String> others = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        if (snapshot.benches().isEmpty()) {
            welcome(others);
        } else {
            for (Bench bench : snapshot.benches()) {
                bench(bench, lines);
                lines.add(new Line("", null));
            }
            agents(snapshot, others);
        }
        others.forEach(text -> lines.add(new Line(text, null)));
        return lines;
    }

    private void welcome(List<String> lines) {
        lines.add(style.bold("Nothing to see yet"));
        for (String line :
                wrap("No tmux server of yours runs on this machine, and no running container has \"bench\" in"
                        + " its name. Each of these gets you going; what you start appears here by itself:")) {
            lines.add("  " + line);
        }
        lines.add("");
        TextTable ways = new TextTable();
        ways.add(Cell.of("agenttower demo").in(style::command), Cell.of("try it out"));
        ways.add(Cell.of("tmux new -s work").in(style::command), Cell.of("work in tmux"));
        ways.add(Cell.of(START_A_BENCH).in(style::command), Cell.of("work in a container"));
        lines.addAll(ways.lines(INDENT, Integer.MAX_VALUE));
        lines.add("");
    }

    private void bench(Bench bench, List<Line> lines) {
        String name = TerminalText.fit(TerminalText.safe(bench.name()), columns);
        String image = bench.image().equals(bench.name()) ? "" : TerminalText.safe(bench.image());
        int room = columns - TerminalText.width(name) - 2;
        lines.add(new Line(
                style.bold(name) + (image.isEmpty() || room < 1 ? "" : "  " + style.dim(TerminalText.fit(image, room))),
                null));
        if (bench.panes().isEmpty()) {
            lines.add(new Line("  " + style.dim("no tmux pane here"), null));
            return;
        }
        boolean manySockets =
                bench.panes().stream().map(BenchPane::socketName).distinct().count() > 1;
        TextTable table = new TextTable();
        for (BenchPane pane : bench.panes()) {
            table.add(
                    Cell.of((manySockets ? pane.socketName() + "/" : "") + pane.address()),
                    Cell.of(pane.key().paneId()),
                    Cell.of(pane.command()),
                    Cell.path(tilde(pane.folder())),
                    pane.agent()
                            .map(agent -> Cell.of(agent.name() + " (" + agent.role() + ")")
                                    .in(style::good))
                            .orElseGet(() -> Cell.of("free").in(style::dim)));
        }
        List<String> rows = table.lines(INDENT, columns);
        for (int i = 0; i < rows.size(); i++) {
            lines.add(new Line(rows.get(i), bench.panes().get(i)));
        }
    }

    private void agents(Snapshot snapshot, List<String> lines) {
        TextTable table = new TextTable();
        for (BenchPane pane : snapshot.panes()) {
            pane.agent()
                    .ifPresent(agent -> table.add(
                            Cell.of(agent.label().isEmpty() ? "-" : agent.label()),
                            Cell.of(agent.role()),
                            Cell.of(agent.capability()),
                            Cell.of(pane.benchName() + " " + pane.address()),
                            Cell.of(agent.agentId()).in(style::dim)));
        }
        List<String> rows = table.lines(INDENT, columns);
        if (!rows.isEmpty()) {
            lines.add(style.bold("Agents"));
            lines.addAll(rows);
            lines.add("");
        }
    }

    private List<String> events(Snapshot snapshot) {
        TextTable events = new TextTable();
        for (SeenEvent event : snapshot.events()) {
            String time = event.observedAt();
            events.add(
                    Cell.of(time.length() < TIME_END ? time : time.substring(TIME_BEGIN, TIME_END))
                            .in(style::dim),
                    Cell.of(event.agent()),
                    Cell.of(event.type()),
                    Cell.of(event.excerpt()));
        }
        List<String> lines = new ArrayList<>(events.lines(INDENT, columns));
        if (!lines.isEmpty()) {
            lines.add(0, style.bold("Last events"));
            lines.add("");
        }
        return lines;
    }

    /** The lines of the next step. */
    List<String> next(Snapshot snapshot) {
        List<String> lines = new ArrayList<>();
        NextStep next = snapshot.next();
        lines.add(style.bold("Next: ") + TerminalText.fit(TerminalText.safe(next.title()), columns - 6));
        for (String line : wrap(TerminalText.safe(next.detail()))) {
            lines.add("  " + style.dim(line));
        }
        if (!next.command().isEmpty()) {
            // Never cut: a truncated command is worse than a wrapped one.
            lines.add("  " + style.command(TerminalText.safe(next.command())));
        }
        return lines;
    }

    private List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0
                    && TerminalText.width(line.toString()) + 1 + TerminalText.width(word) > columns - INDENT) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(TerminalText.fit(word, columns - INDENT));
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    private String tilde(String folder) {
        if (home.isEmpty() || !(folder.equals(home) || folder.startsWith(home + "/"))) {
            return folder;
        }
        return "~" + folder.substring(home.length());
    }
}
