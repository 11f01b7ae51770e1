package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.cli.governance.change.ChangeText;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.inbox.InboxItem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * Draws the console: one line for each row of the screen, none of which is wider than it. All texts of others are made safe here.
 *
 * @param home the home folder, shown as {@code ~}; empty for none
 */
record ConsoleScreen(KnownTower tower, PaneScreen screen, ScreenSize size, Instant now, String home) {
    private static final int COLUMNS_FOR_TWO = 100;
    private static final int COLUMNS_FOR_ALL_HINTS = 80;
    private static final int MOST_LIST_COLUMNS = 48;
    private static final int LABEL_COLUMNS = 16;
    private static final int ROLE_COLUMNS = 12;
    private static final int SINCE_COLUMNS = 4;
    /** The rows of the header, of the line of messages and questions, and of the status bar. */
    private static final int FRAME_ROWS = 3;
    /** A message may tell a command to type. */
    private static final int MOST_FOOT_ROWS = 3;

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle BOLD = PLAIN.bold();
    private static final AttributedStyle DIM = PLAIN.faint();
    private static final AttributedStyle CHOSEN = PLAIN.inverse();
    private static final AttributedStyle GOOD = PLAIN.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle WARNING = PLAIN.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle BAD = PLAIN.foreground(AttributedStyle.RED);
    private static final String SEPARATOR = " │ ";
    private static final String FOLDED = "↳ ";
    private static final List<String> HELP = List.of(
            "Up Down, Ctrl+P Ctrl+N      move; Page Up, Page Down, Home, End move further",
            "Enter                       go to the pane of the agent, or open what waits",
            "s                           send a prompt to the agent",
            "a                           adopt a pane",
            "n                           start a program as a new agent",
            "Ctrl+G, i                   what waits for you",
            "                            there: Enter shows a change; a authorizes, e edits, r rejects it",
            "k                           kill switch: stop the delivery of prompts, or let it go on",
            "/                           show only what holds a text",
            "Escape                      back; cancel a question",
            "?                           this help",
            "q                           back, and from the agents: leave");

    /** The rows between header and footer. */
    static int bodyRows(ScreenSize size) {
        return Math.max(size.rows() - FRAME_ROWS, 1);
    }

    List<AttributedString> lines(ConsoleState state) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(header());
        List<AttributedString> body = switch (state.page()) {
            case AGENTS -> agents(state);
            case WAITING -> waiting(state);
            case REVIEW -> review(state);
            case ADOPT -> panes(state);
            case HELP -> scrolled(HELP.stream().map(AttributedString::new).toList(), state.scroll());
        };
        List<AttributedString> foot = foot(state);
        int room = Math.max(size.rows() - 1 - foot.size(), 1);
        body.stream().limit(room - 1L).forEach(lines::add);
        while (lines.size() < room) {
            lines.add(AttributedString.EMPTY);
        }
        lines.addAll(foot);
        lines.add(status());
        return lines.stream()
                .skip(Math.max(lines.size() - size.rows(), 0))
                .map(line -> fit(line, size.columns()))
                .toList();
    }

    private AttributedString header() {
        AttributedStringBuilder header = new AttributedStringBuilder().append("AgentTower", BOLD);
        long agents = tower.panes().stream().filter(pane -> !pane.isFree()).count();
        header.append("  " + agents + (agents == 1 ? " agent" : " agents"));
        if (tower.needing() > 0) {
            header.append(", ").append(tower.needing() + " need you", WARNING);
        }
        long working = tower.count(AgentState.WORKING, AgentState.STARTING);
        if (working > 0) {
            header.append(", ").append(working + " working", GOOD);
        }
        if (!tower.isDelivering()) {
            header.append("  ").append("kill switch: no prompts are delivered", BAD);
        }
        if (!tower.trouble().isEmpty()) {
            header.append("  ").append(TerminalText.safe(tower.trouble()), BAD);
        }
        return header.toAttributedString();
    }

    /** The bar that says how many changes wait; the wording is the one of the panel. */
    private AttributedString status() {
        long pending = tower.pending();
        String keys = "? help  q quit";
        String text = pending == 0
                ? tower.waiting().isEmpty()
                        ? "Nothing waits for you"
                        : tower.waiting().size() + " wait for you (Ctrl+G)"
                : "Pending authorizations: " + pending + " -- open ADT Panel (Ctrl+G)";
        AttributedStyle style = pending == 0 ? CHOSEN : CHOSEN.bold().foreground(AttributedStyle.RED);
        int gap = size.columns() - text.length() - keys.length() - 2;
        String bar = " " + text + (gap < 1 ? "" : " ".repeat(gap) + keys);
        return new AttributedString(TerminalText.pad(bar, size.columns()), style);
    }

    /** The question, what was said last, or a hint; the first two in as many rows as they need. */
    private List<AttributedString> foot(ConsoleState state) {
        @Nullable Prompt prompt = state.prompt();
        if (prompt != null && !prompt.kind().isConfirmation()) {
            return List.of(input(prompt));
        }
        if (prompt == null && state.message().isEmpty()) {
            String filter = TerminalText.safe(state.filter());
            return List.of(new AttributedString(filter.isEmpty() ? hint(state) : "filter: " + filter, DIM));
        }
        AttributedString text = prompt == null
                ? new AttributedString(TerminalText.safe(state.message()), WARNING)
                : new AttributedString(prompt.question() + " y confirms ", BOLD);
        return text.columnSplitLength(size.columns()).stream()
                .limit(MOST_FOOT_ROWS)
                .toList();
    }

    private AttributedString input(Prompt prompt) {
        String question = prompt.question() + ": ";
        String text =
                prompt.kind().isHidden() ? "" : TerminalText.safe(prompt.text().replace('\n', '⏎'));
        // The end of what is typed is what the person looks at.
        int room = Math.max(size.columns() - TerminalText.width(question) - 1, size.columns() / 2);
        String shown = TerminalText.fitEnd(text, room - 1);
        String asked = TerminalText.fit(question, size.columns() - TerminalText.width(shown) - 1);
        return new AttributedStringBuilder()
                .append(asked, BOLD)
                .append(shown)
                .append(" ", CHOSEN)
                .toAttributedString();
    }

    private String hint(ConsoleState state) {
        return switch (state.page()) {
            case AGENTS ->
                size.columns() < COLUMNS_FOR_ALL_HINTS
                        ? "Enter go there  s send  a adopt  n new  i what waits  ? help"
                        : "Enter go there  s send  a adopt  n new  i what waits  / filter  k kill switch";
            case WAITING -> "Enter look at it  / filter  Escape back";
            case REVIEW -> "a authorize  e edit  r reject  Up Down scroll  Escape back";
            case ADOPT -> "Enter adopt this pane  / filter  Escape back";
            case HELP -> "Escape back";
        };
    }

    private List<AttributedString> agents(ConsoleState state) {
        List<Row> rows = Row.of(state, tower);
        int height = bodyRows(size);
        if (rows.isEmpty()) {
            return notes(
                    tower.agents().isEmpty()
                            ? "No agents so far: a adopts a pane, n starts a program as an agent."
                            : "No agent holds this text.");
        }
        @Nullable Row chosen = Row.chosen(state, tower);
        @Nullable BenchPane pane = chosen == null ? null : chosen.pane();
        if (size.columns() >= COLUMNS_FOR_TWO) {
            int left = Math.min(MOST_LIST_COLUMNS, size.columns() * 2 / 5);
            List<AttributedString> list = list(rows, chosen, height, left);
            int right = size.columns() - left - SEPARATOR.length();
            List<AttributedString> preview = pane == null ? List.of() : preview(pane, height);
            List<AttributedString> both = new ArrayList<>();
            for (int i = 0; i < height; i++) {
                both.add(new AttributedStringBuilder()
                        .append(padded(i < list.size() ? list.get(i) : AttributedString.EMPTY, left))
                        .append(SEPARATOR, DIM)
                        .append(i < preview.size() ? fit(preview.get(i), right) : AttributedString.EMPTY)
                        .toAttributedString());
            }
            return both;
        }
        int above = Math.min(rows.size(), Math.max(height / 3, 3));
        List<AttributedString> lines = new ArrayList<>(list(rows, chosen, above, size.columns()));
        if (pane != null && height > above + 1) {
            lines.add(new AttributedString("─".repeat(size.columns()), DIM));
            lines.addAll(preview(pane, height - above - 1));
        }
        return lines;
    }

    private List<AttributedString> waiting(ConsoleState state) {
        List<Row> rows = Row.of(state, tower);
        return rows.isEmpty()
                ? notes(tower.waiting().isEmpty() ? "Nothing waits for you." : "Nothing that waits holds this text.")
                : list(rows, Row.chosen(state, tower), bodyRows(size), size.columns());
    }

    private List<AttributedString> panes(ConsoleState state) {
        List<Row> rows = Row.of(state, tower);
        return rows.isEmpty()
                ? notes("There is no pane without an agent; `agenttower scan --containers --panes` looks for more.")
                : list(rows, Row.chosen(state, tower), bodyRows(size), size.columns());
    }

    private static List<AttributedString> notes(String text) {
        return List.of(AttributedString.EMPTY, new AttributedString("  " + text));
    }

    /** The change in full: long lines are folded, none is cut, because a person decides on it. */
    private List<AttributedString> review(ConsoleState state) {
        @Nullable Review review = state.review();
        if (review == null) {
            return List.of();
        }
        SovereignChange change = review.change();
        List<AttributedString> lines = new ArrayList<>();
        fold(
                new AttributedString(TerminalText.safe(review.item().project() + ": " + change.targetPath()), BOLD),
                lines);
        String proposed = "proposed by " + change.agent() + " (" + change.role() + ") " + since(change.submittedAt())
                + " ago" + (change.description().isEmpty() ? "" : ": " + change.description());
        fold(new AttributedString(TerminalText.safe(proposed)), lines);
        ChangeText.of(review.preview(), new Style(true))
                .replace("\t", "    ")
                .lines()
                .forEach(line -> fold(AttributedString.fromAnsi(line), lines));
        return scrolled(lines, state.scroll());
    }

    /** Adds a line in as many rows as it takes. The sign before the second row and those after it is none that a diff has there. */
    private void fold(AttributedString line, List<AttributedString> rows) {
        AttributedString first = fit(line, size.columns());
        rows.add(first);
        if (first.length() < line.length()) {
            line.substring(first.length(), line.length()).columnSplitLength(size.columns() - FOLDED.length()).stream()
                    .map(rest -> new AttributedStringBuilder()
                            .append(FOLDED, DIM)
                            .append(rest)
                            .toAttributedString())
                    .forEach(rows::add);
        }
    }

    /** The lines from a position on, of which the last one says what is not shown. */
    private List<AttributedString> scrolled(List<AttributedString> lines, int scroll) {
        int height = bodyRows(size);
        if (lines.size() <= height) {
            return lines;
        }
        int shown = Math.max(height - 1, 1);
        int from = Math.max(Math.min(scroll, lines.size() - shown), 0);
        List<AttributedString> part = new ArrayList<>(lines.subList(from, from + shown));
        part.add(new AttributedString(
                "-- lines " + (from + 1) + " to " + (from + shown) + " of " + lines.size() + " --", CHOSEN));
        return part;
    }

    private List<AttributedString> list(List<Row> rows, @Nullable Row chosen, int height, int columns) {
        int at = chosen == null ? 0 : rows.indexOf(chosen);
        int top = Math.max(Math.min(at - height / 2, rows.size() - height), 0);
        List<AttributedString> lines = new ArrayList<>();
        for (int i = top; i < Math.min(top + height, rows.size()); i++) {
            AttributedString line = row(rows.get(i), columns - 2);
            lines.add(
                    i == at
                            ? new AttributedString(TerminalText.pad("> " + fit(line, columns - 2), columns), CHOSEN)
                            : new AttributedStringBuilder()
                                    .append("  ")
                                    .append(fit(line, columns - 2))
                                    .toAttributedString());
        }
        return lines;
    }

    private AttributedString row(Row row, int columns) {
        @Nullable InboxItem item = row.item();
        if (item != null) {
            return new AttributedStringBuilder()
                    .append(cell(since(item.since()), SINCE_COLUMNS), DIM)
                    .append(' ')
                    .append(cell(
                            item.project() == null ? item.state().replace('_', ' ') : item.project(), LABEL_COLUMNS))
                    .append(' ')
                    .append(TerminalText.safe(item.title()), BOLD)
                    .append(item.role() == null ? "" : "  " + TerminalText.safe(item.role()), DIM)
                    .append("  " + TerminalText.safe(item.detail()))
                    .toAttributedString();
        }
        @Nullable BenchPane pane = row.pane();
        if (pane == null) {
            return AttributedString.EMPTY;
        }
        return pane.agent()
                .map(agent -> row(agent, columns))
                .orElseGet(() -> new AttributedStringBuilder()
                        .append(cell(pane.benchName(), LABEL_COLUMNS))
                        .append(' ')
                        .append(cell(pane.address(), LABEL_COLUMNS), BOLD)
                        .append(' ')
                        .append(cell(pane.command(), ROLE_COLUMNS))
                        .append(' ')
                        .append(TerminalText.safe(path(pane.folder())), DIM)
                        .toAttributedString());
    }

    private AttributedString row(PaneAgent agent, int columns) {
        int fixed = StateWord.COLUMNS + SINCE_COLUMNS + 2;
        boolean isWide = columns >= fixed + LABEL_COLUMNS + ROLE_COLUMNS + 2;
        int label = isWide ? LABEL_COLUMNS : Math.max(columns - fixed, 1);
        AttributedStringBuilder row = new AttributedStringBuilder()
                .append(TerminalText.pad(StateWord.of(agent), StateWord.COLUMNS), style(agent))
                .append(' ')
                .append(cell(agent.name(), label), BOLD)
                .append(' ')
                .append(TerminalText.pad(since(agent.since()), SINCE_COLUMNS), DIM);
        if (isWide) {
            row.append(' ').append(cell(agent.role(), ROLE_COLUMNS));
            int room = columns - row.columnLength() - 1;
            if (room >= ROLE_COLUMNS) {
                row.append(' ').append(TerminalText.fitEnd(TerminalText.safe(path(agent.project())), room), DIM);
            }
        }
        return row.toAttributedString();
    }

    private static AttributedStyle style(PaneAgent agent) {
        return switch (KnownTower.state(agent).orElse(AgentState.UNKNOWN)) {
            case WAITING_PERMISSION, WAITING_INPUT -> WARNING.bold();
            case ERROR, STUCK -> BAD.bold();
            case STARTING, WORKING -> GOOD;
            case IDLE, ENDED, UNKNOWN -> DIM;
        };
    }

    /** What is known of an agent, and the end of the screen of its pane. */
    private List<AttributedString> preview(BenchPane pane, int rows) {
        PaneAgent agent = pane.agent().orElseThrow();
        List<AttributedString> lines = new ArrayList<>();
        lines.add(new AttributedStringBuilder()
                .append(TerminalText.safe(agent.name()), BOLD)
                .append("  " + TerminalText.safe(agent.role() + " " + agent.capability()))
                .append("  " + TerminalText.safe(pane.benchName() + " " + pane.address()), DIM)
                .append(
                        "  " + TerminalText.safe(path(agent.project().isEmpty() ? pane.folder() : agent.project())),
                        DIM)
                .toAttributedString());
        if (!agent.detail().isEmpty()) {
            lines.add(new AttributedString(TerminalText.safe(agent.detail()), style(agent)));
        }
        if (pane.key().equals(screen.pane())) {
            if (!screen.trouble().isEmpty()) {
                lines.add(new AttributedString(TerminalText.safe(screen.trouble()), DIM));
            }
            int unseen = Math.max(screen.lines().size() - Math.max(rows - lines.size(), 0), 0);
            screen.lines().stream().skip(unseen).forEach(lines::add);
        }
        return lines.stream().limit(rows).toList();
    }

    private static String cell(String text, int columns) {
        return TerminalText.pad(TerminalText.fit(TerminalText.safe(text), columns), columns);
    }

    private static AttributedString fit(AttributedString line, int columns) {
        return line.columnLength() <= columns ? line : line.columnSubSequence(0, columns);
    }

    private static AttributedString padded(AttributedString line, int columns) {
        AttributedString cut = fit(line, columns);
        return new AttributedStringBuilder()
                .append(cut)
                .append(" ".repeat(Math.max(columns - cut.columnLength(), 0)))
                .toAttributedString();
    }

    private String path(String folder) {
        return !home.isEmpty() && (folder.equals(home) || folder.startsWith(home + "/"))
                ? "~" + folder.substring(home.length())
                : folder;
    }

    /** How long ago a time was, in at most four characters; empty if the time is unknown. */
    private String since(@Nullable String time) {
        if (time == null) {
            return "";
        }
        try {
            Duration past = Duration.between(Instant.parse(time), now);
            return past.toMinutes() < 1
                    ? "<1m"
                    : past.toHours() < 1
                            ? past.toMinutes() + "m"
                            : past.toDays() < 1 ? past.toHours() + "h" : Math.min(past.toDays(), 999) + "d";
        } catch (DateTimeParseException e) {
            return "";
        }
    }
}
