package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.terminal.FullScreen;
import dev.agenttower.cli.terminal.Key;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Selection;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The dashboard on a screen, with a selected line. The first line, the last one and, unless the screen is very low, the next step stay; the
 * rest scrolls.
 */
final class DashboardPage {
    private static final String KEYS = "arrows or j k move, Enter goes to the pane, q ends";
    private static final int FEWEST_BODY_ROWS = 6;
    private static final int MOST_MESSAGE_ROWS = 3;
    private static final String MARK = "> ";

    private final Style style;
    private final String home;
    private final Selection selection = new Selection();
    private List<ViewLine> body = List.of();

    /**
     * A page on which nothing is shown so far.
     *
     * @param home the home folder, shown as {@code ~} in paths; empty for none
     */
    DashboardPage(Style style, String home) {
        this.style = style;
        this.home = home;
    }

    /**
     * The lines for a screen, which they fill at most.
     *
     * @param message shown in place of the keys, in up to three rows; empty for none
     */
    List<String> lines(Snapshot snapshot, ScreenSize size, String message) {
        DashboardView view = new DashboardView(style, size.columns(), home);
        int columns = size.columns();
        String note = TerminalText.fit(TerminalText.safe(message), columns * MOST_MESSAGE_ROWS);
        List<String> next = view.next(snapshot);
        next.add("");
        int nextRows =
                next.stream().mapToInt(line -> FullScreen.rows(line, columns)).sum();
        int room = size.rows() - 1 - FullScreen.rows(note, columns);
        boolean doesNextStay = nextRows + FEWEST_BODY_ROWS <= room;
        body = new ArrayList<>(view.body(snapshot));
        if (doesNextStay) {
            room -= nextRows;
        } else {
            next.forEach(line -> body.add(new ViewLine(line, "", Optional.empty())));
        }
        selection.show(body.stream().map(ViewLine::name).toList(), room);

        List<String> lines = new ArrayList<>();
        lines.add(view.summary(snapshot));
        for (int i = selection.top(); i < selection.bottom(); i++) {
            lines.add(
                    i == selection.selected()
                            ? marked(body.get(i).text(), columns)
                            : cut(body.get(i).text(), columns));
        }
        if (doesNextStay) {
            lines.addAll(next);
        }
        lines.add(note.isEmpty() ? style.dim(TerminalText.fit(KEYS + place(room), columns)) : style.warning(note));
        return lines;
    }

    private String place(int room) {
        return body.size() <= room
                ? ""
                : "  (" + (selection.top() + 1) + "-" + selection.bottom() + " of " + body.size() + ")";
    }

    private String marked(String line, int columns) {
        String plain = MARK + FullScreen.plain(line).substring(MARK.length());
        return style.selected(TerminalText.pad(TerminalText.fit(plain, columns), columns));
    }

    /** The line, if it fits into a row; in a very narrow window, not all do. */
    private static String cut(String line, int columns) {
        return FullScreen.rows(line, columns) == 1 ? line : TerminalText.fit(FullScreen.plain(line), columns);
    }

    /** Does what a key means for the selection. */
    void move(Key key) {
        switch (key) {
            case UP -> selection.step(-1);
            case DOWN -> selection.step(1);
            case PAGE_UP -> selection.page(-1);
            case PAGE_DOWN -> selection.page(1);
            case START -> selection.toStart();
            case END -> selection.toEnd();
            case ENTER, QUIT, RESIZED, OTHER, NONE -> {
                // They move nothing.
            }
        }
    }

    /** The pane that the selected line leads to. */
    Optional<BenchPane> pane() {
        return selection.selected() < 0
                ? Optional.empty()
                : body.get(selection.selected()).pane();
    }
}
