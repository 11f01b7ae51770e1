package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the tmux program of this host. */
public final class LocalTmuxRunner implements TmuxRunner {
    private final LocalTmux tmux = new LocalTmux();
    private final Duration limit;

    /** Runs each command for at most {@code limit}. */
    public LocalTmuxRunner(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Answer run(Target pane, List<String> arguments) {
        LocalTmux.Answer answer;
        try {
            answer = tmux.start(Path.of(pane.pane().socketPath()), arguments).answer(Deadline.in(limit));
        } catch (IOException e) {
            throw new RefusedException(
                    ErrorCode.TMUX_UNAVAILABLE, "tmux cannot be started on this host: " + e.getMessage());
        }
        if (answer.isTooLate()) {
            throw new RefusedException(
                    ErrorCode.DOCKER_EXEC_TIMEOUT,
                    "tmux did not answer within " + limit.toSeconds() + " s; its server hangs");
        }
        return answer.status() == 0 ? new Answer(0, answer.text(), "") : new Answer(answer.status(), "", answer.text());
    }

    @Override
    public List<String> command(Target pane, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", pane.pane().socketPath()));
        command.addAll(arguments);
        return command;
    }
}
