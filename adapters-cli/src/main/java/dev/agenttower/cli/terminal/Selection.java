package dev.agenttower.cli.terminal;

import java.util.List;

/**
 * The selected row of a list that may be higher than the screen, and the part of the list on the screen. A row is known by its name; rows
 * with an empty name are never selected. What is selected is on the screen. Not thread-safe.
 */
public final class Selection {
    private static final int NONE = -1;

    private List<String> rows = List.of();
    private int height = 1;
    private int top;
    private int selected = NONE;

    /** An empty list. */
    public Selection() {}

    /**
     * Replaces the list. The selected row stays selected; where it is gone, the nearest one on the screen takes its place.
     *
     * @param names the names of the rows
     * @param visible how many rows the screen has for the list
     */
    public void show(List<String> names, int visible) {
        String name = selected == NONE ? "" : rows.get(selected);
        int place = selected;
        rows = List.copyOf(names);
        height = Math.max(visible, 1);
        selected = name.isEmpty() ? NONE : rows.indexOf(name);
        if (selected == NONE) {
            scrollTo(top);
            selected = place == NONE && top > 0 ? NONE : nearest(Math.max(place, 0));
        } else {
            reveal();
        }
    }

    /** Selects the next row ({@code 1}) or the one before ({@code -1}), or scrolls by one row where there is none near. */
    public void step(int direction) {
        int next = (selected == NONE ? outside(-direction) : selected) + direction;
        while (next >= 0 && next < rows.size() && rows.get(next).isEmpty()) {
            next += direction;
        }
        // Rows in between that cannot be selected must not be skipped unseen.
        boolean isNear = next > top - height && next < top + 2 * height - 1;
        if (next >= 0 && next < rows.size() && isNear) {
            selected = next;
            reveal();
        } else {
            scrollTo(top + direction);
        }
    }

    /** Goes on ({@code 1}) or back ({@code -1}) by a screen less one row. */
    public void page(int direction) {
        int from = selected == NONE ? outside(-direction) + direction : selected;
        int rowsOfPage = Math.max(height - 1, 1);
        scrollTo(top + direction * rowsOfPage);
        selected = nearest(from + direction * rowsOfPage);
    }

    /** Goes to the first row. */
    public void toStart() {
        scrollTo(0);
        selected = nearest(0);
    }

    /** Goes to the last row. */
    public void toEnd() {
        scrollTo(rows.size());
        selected = nearest(rows.size() - 1);
    }

    /** The index of the first row on the screen. */
    public int top() {
        return top;
    }

    /** The index after the last row on the screen. */
    public int bottom() {
        return Math.min(top + height, rows.size());
    }

    /** The index of the selected row, or -1. */
    public int selected() {
        return selected;
    }

    /** The row just above the screen, or just below it. */
    private int outside(int direction) {
        return direction > 0 ? bottom() : top - 1;
    }

    private void reveal() {
        scrollTo(Math.max(Math.min(top, selected), selected - height + 1));
    }

    private void scrollTo(int row) {
        top = Math.max(0, Math.min(row, rows.size() - height));
        if (selected < top || selected >= top + height) {
            selected = NONE;
        }
    }

    /** The row on the screen that is nearest to another. */
    private int nearest(int row) {
        int best = NONE;
        for (int i = top; i < bottom(); i++) {
            if (!rows.get(i).isEmpty() && (best == NONE || Math.abs(i - row) < Math.abs(best - row))) {
                best = i;
            }
        }
        return best;
    }
}
