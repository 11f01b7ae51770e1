package dev.agenttower.core.agent.screen;

import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import java.util.Optional;

/** The screens of panes. An implementation changes nothing in tmux, answers within five seconds, and is thread-safe. */
@FunctionalInterface
public interface PaneScreens {
    /** What a pane shows now; empty if there is no such pane, or it cannot be read. */
    Optional<Screen> read(BenchTarget bench, PaneKey pane);
}
