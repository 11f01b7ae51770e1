package dev.agenttower.cli.dashboard;

import dev.agenttower.cli.dashboard.DashboardView.Line;
import dev.agenttower.cli.terminal.Key;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The part of a dashboard that is on the screen, and the pane that is chosen in it. The choice stays with its pane when lines come and go. */
final class Viewport {
    static final String MARK = "> ";

    private List<Line> lines = List.of();
    private int height = 1;
    private int top;
    private @Nullable PaneKey chosen;
    private boolean isMoved;

    /** Shows other lines, of which {@code height} have room. */
    void show(List<Line> next, int room) {
        lines = List.copyOf(next);
        height = Math.max(room, 1);
        int at = index();
        List<Integer> panes = panes();
        if (at < 0 && !panes.isEmpty()) {
            at = panes.get(0);
            chosen = key(at);
        }
        keepInView(at, panes);
    }

    /** Moves the choice, or the lines where nothing can be chosen. */
    void move(Key key) {
        List<Integer> panes = panes();
        int at = index();
        isMoved = true;
        if (at < 0) {
            top += switch (key) {
                case UP -> -1;
                case DOWN -> 1;
                case PAGE_UP -> -height;
                case PAGE_DOWN -> height;
                case FIRST -> -lines.size();
                case LAST -> lines.size();
                default -> 0;
            };
            keepInView(at, panes);
            return;
        }
        int place = panes.indexOf(at);
        int last = panes.size() - 1;
        int target = switch (key) {
            case UP -> Math.max(place - 1, 0);
            case DOWN -> Math.min(place + 1, last);
            case PAGE_UP -> placeAtMost(panes, at - height);
            case PAGE_DOWN -> placeAtLeast(panes, at + height);
            case FIRST -> 0;
            case LAST -> last;
            default -> place;
        };
        chosen = key(panes.get(target));
        keepInView(panes.get(target), panes);
    }

    private static int placeAtMost(List<Integer> panes, int line) {
        return Math.max((int) panes.stream().filter(index -> index <= line).count() - 1, 0);
    }

    private static int placeAtLeast(List<Integer> panes, int line) {
        return Math.min((int) panes.stream().filter(index -> index < line).count(), panes.size() - 1);
    }

    /** Keeps the chosen line on the screen; before the first pane everything is shown that has room, and after the last one likewise. */
    private void keepInView(int at, List<Integer> panes) {
        if (at >= 0) {
            boolean isFirst = panes.get(0) == at;
            boolean isLast = isMoved && panes.get(panes.size() - 1) == at && !isFirst;
            top = isFirst ? Math.min(top, 0) : isLast ? lines.size() - height : top;
            top = Math.max(Math.min(top, at), at - height + 1);
        }
        top = Math.max(Math.min(top, lines.size() - height), 0);
    }

    /** The lines on the screen; the chosen one begins with {@link #MARK}. */
    List<String> visible() {
        int at = index();
        List<String> visible = new ArrayList<>();
        for (int i = top; i < Math.min(top + height, lines.size()); i++) {
            String text = lines.get(i).text();
            visible.add(i == at ? MARK + text.substring(MARK.length()) : text);
        }
        return visible;
    }

    /** The chosen pane; null if there is none. */
    @Nullable BenchPane chosen() {
        int at = index();
        return at < 0 ? null : lines.get(at).pane();
    }

    /** Whether lines are above or below the screen. */
    boolean isCut() {
        return lines.size() > height;
    }

    private List<Integer> panes() {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).pane() != null)
                .boxed()
                .toList();
    }

    private int index() {
        for (int i = 0; i < lines.size(); i++) {
            if (chosen != null && chosen.equals(key(i))) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable PaneKey key(int line) {
        BenchPane pane = lines.get(line).pane();
        return pane == null ? null : pane.key();
    }
}
