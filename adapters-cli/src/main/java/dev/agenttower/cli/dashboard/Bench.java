package dev.agenttower.cli.dashboard;

import java.util.List;

/**
 * An active bench with its active panes.
 *
 * @param image what it was made from
 * @param panes in the order of tmux
 */
public record Bench(String id, String name, String image, List<BenchPane> panes) {
    /** Copies the panes. */
    public Bench {
        panes = List.copyOf(panes);
    }
}
