package dev.agenttower.bench.tmux;

import dev.agenttower.bench.tmux.TmuxRunner.Answer;
import dev.agenttower.core.agent.screen.PaneScreens;
import dev.agenttower.core.agent.screen.Screen;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes.Target;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import java.util.Optional;

/** Screens of panes through {@code tmux capture-pane}. */
public record TmuxPaneScreens(TmuxRunner tmux) implements PaneScreens {
    @Override
    public Optional<Screen> read(BenchTarget bench, PaneKey pane) {
        try {
            Answer answer = tmux.run(new Target(bench, pane), ScreenCommand.arguments(pane.paneId()));
            return answer.status() == 0 ? ScreenCommand.screen(answer.out()) : Optional.empty();
        } catch (RefusedException unreachable) {
            return Optional.empty();
        }
    }
}
