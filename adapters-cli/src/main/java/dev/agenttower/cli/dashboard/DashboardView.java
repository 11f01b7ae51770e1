package dev.agenttower.cli.dashboard;

import static java.util.Objects.requireNonNull;

import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.cli.terminal.TextTable;
import dev.agenttower.cli.terminal.TextTable.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        List<String> lines = new ArrayList<>();
        lines.add(summary(snapshot));
        body(snapshot).forEach(line -> lines.add(line.text()));
        lines.addAll(next(snapshot));
        return lines;
    }

    /** All but the first line and the next step. Lines that can be selected begin with two blanks. */
    List<ViewLine> body(Snapshot snapshot) {
        ViewLines lines = new ViewLines();
        lines.add("");
        attention(snapshot, lines);
        if (snapshot.benches().isEmpty()) {
            welcome(lines);
        }
        for (Bench bench : snapshot.benches()) {
            bench(bench, lines);
            lines.add("");
        }
        agents(snapshot, lines);
        events(snapshot, lines);
        return lines.all();
    }

    private void attention(Snapshot snapshot, ViewLines lines) {
        if (snapshot.attention().isEmpty()) {
            return;
        }
        lines.add(style.bold("Needs attention"));
        for (Warning warning : snapshot.attention()) {
            lines.add(
                    style.warning(TerminalText.fit("  ! " + TerminalText.safe(warning.text()), columns)),
                    "attention " + warning.text(),
                    snapshot.paneOf(warning.agentId()));
        }
        lines.add("");
    }

    /** The first line. */
    String summary(Snapshot snapshot) {
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

    private void welcome(ViewLines lines) {
        lines.add(style.bold("Nothing to see yet"));
        for (String line : wrap("No tmux server of yours runs on this machine, and no running container has a name that"
                + " config.toml looks for (\"bench\" by default). Each of these gets you going; what you start"
                + " appears here by itself:")) {
            lines.add("  " + line);
        }
        lines.add("");
        TextTable ways = new TextTable();
        ways.add(Cell.of("agenttower demo").in(style::command), Cell.of("try it out"));
        ways.add(Cell.of("tmux new -s work").in(style::command), Cell.of("work in tmux"));
        ways.add(Cell.of(START_A_BENCH).in(style::command), Cell.of("work in a container"));
        ways.lines(INDENT, Integer.MAX_VALUE).forEach(lines::add);
        lines.add("");
    }

    private void bench(Bench bench, ViewLines lines) {
        String name = TerminalText.fit(TerminalText.safe(bench.name()), columns);
        String image = bench.image().equals(bench.name()) ? "" : TerminalText.safe(bench.image());
        int room = columns - TerminalText.width(name) - 2;
        lines.add(style.bold(name)
                + (image.isEmpty() || room < 1 ? "" : "  " + style.dim(TerminalText.fit(image, room))));
        if (bench.panes().isEmpty()) {
            lines.add("  " + style.dim("no tmux pane here"));
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
            BenchPane pane = bench.panes().get(i);
            lines.add(rows.get(i), "pane " + pane.key(), Optional.of(pane));
        }
    }

    private void agents(Snapshot snapshot, ViewLines lines) {
        List<BenchPane> adopted =
                snapshot.panes().stream().filter(pane -> !pane.isFree()).toList();
        boolean hasStates =
                adopted.stream().flatMap(pane -> pane.agent().stream()).anyMatch(PaneAgent::hasState);
        TextTable table = new TextTable();
        for (BenchPane pane : adopted) {
            pane.agent().ifPresent(agent -> {
                List<Cell> cells = new ArrayList<>(List.of(
                        Cell.of(agent.label().isEmpty() ? "-" : agent.label()),
                        Cell.of(agent.role()),
                        Cell.of(agent.capability()),
                        Cell.of(pane.benchName() + " " + pane.address()),
                        Cell.of(agent.agentId()).in(style::dim)));
                if (hasStates) {
                    cells.add(3, Cell.of(agent.hasState() ? agent.doing() : "-"));
                }
                table.add(cells.toArray(Cell[]::new));
            });
        }
        List<String> rows = table.lines(INDENT, columns);
        if (rows.isEmpty()) {
            return;
        }
        lines.add(style.bold("Agents"));
        for (int i = 0; i < rows.size(); i++) {
            BenchPane pane = adopted.get(i);
            lines.add(rows.get(i), "agent " + pane.key(), Optional.of(pane));
        }
        lines.add("");
    }

    private void events(Snapshot snapshot, ViewLines lines) {
        TextTable table = new TextTable();
        for (SeenEvent event : snapshot.events()) {
            String time = event.observedAt();
            table.add(
                    Cell.of(time.length() < TIME_END ? time : time.substring(TIME_BEGIN, TIME_END))
                            .in(style::dim),
                    Cell.of(event.agent()),
                    Cell.of(event.type()),
                    Cell.of(event.excerpt()));
        }
        List<String> rows = table.lines(INDENT, columns);
        if (rows.isEmpty()) {
            return;
        }
        lines.add(style.bold("Last events"));
        for (int i = 0; i < rows.size(); i++) {
            SeenEvent event = snapshot.events().get(i);
            lines.add(rows.get(i), "event " + event.id(), snapshot.paneOf(event.agentId()));
        }
        lines.add("");
    }

    /** The next step; a command may be wider than the view. */
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
