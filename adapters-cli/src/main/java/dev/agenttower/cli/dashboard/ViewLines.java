package dev.agenttower.cli.dashboard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lines under construction. Their names are unique. */
final class ViewLines {
    private final List<ViewLine> lines = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** Adds a line that cannot be selected. */
    void add(String text) {
        lines.add(new ViewLine(text, "", Optional.empty()));
    }

    /** Adds a line that can be selected. */
    void add(String text, String name, Optional<BenchPane> pane) {
        String unique = name;
        // Two prompts to one agent may wait for the same reason.
        while (!names.add(unique)) {
            unique += " again";
        }
        lines.add(new ViewLine(text, unique, pane));
    }

    List<ViewLine> all() {
        return lines;
    }
}
