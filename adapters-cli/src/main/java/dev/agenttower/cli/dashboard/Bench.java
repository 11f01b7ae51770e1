package dev.agenttower.cli.dashboard;

import java.util.List;

/**
 * An active bench container with its active panes.
 *
 * @param image its container image
 * @param panes in the order of tmux
 */
public record Bench(String id, String name, String image, List<BenchPane> panes) {
    /** Copies the panes. */
    public Bench {
        panes = List.copyOf(panes);
    }
}
