package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.ExecCommand;
import dev.agenttower.bench.engine.ExecOutput;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Unreachable;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans the panes of containers through the engine, with one {@linkplain PaneScript shell script} for each container. In a container
 * without a shell, {@linkplain SeparateCommands each command} runs on its own.
 *
 * <p>Thread-safe.
 */
public final class DockerPaneSource implements PaneSource {
    private static final Duration RESERVE_FOR_KILLING = Duration.ofMillis(300);

    private final Execs execs;
    private final Duration budget;
    private final SeparateCommands separateCommands;
    private final RandomTokens tokens = new RandomTokens();

    /** Scans through {@code execs}; {@code budget} is the time limit for one container. */
    public DockerPaneSource(Execs execs, Duration budget) {
        this.execs = execs;
        this.budget = budget;
        this.separateCommands = new SeparateCommands(execs, budget);
    }

    @Override
    public BenchPanes list(BenchTarget target) {
        var script = new PaneScript(tokens.next());
        var output = new ExecOutput();
        Deadline deadline = Deadline.in(budget.minus(RESERVE_FOR_KILLING));
        var command = new ExecCommand(target.container(), target.user(), script.command());
        @Nullable Duration timeLimit = null;
        try {
            String id = execs.run(command, deadline, output);
            if (!script.hasBegun(output.out())) {
                int status = execs.exitCode(id, deadline);
                return withoutScript(target, deadline, status, output.out() + output.err());
            }
        } catch (EngineAnswerException refusal) {
            return withoutScript(target, deadline, EngineAnswers.STATUS, refusal.answer());
        } catch (ContainerEngineException failure) {
            if (failure.code() != ErrorCode.DOCKER_TIMEOUT) {
                return EngineAnswers.unreachable(failure);
            }
            timeLimit = budget;
            kill(target, script, output);
        }
        if (output.isCut()) {
            return new Unreachable(ErrorCode.OUTPUT_MALFORMED, "the bench printed more than can be read");
        }
        return script.parse(output.out(), timeLimit);
    }

    private BenchPanes withoutScript(BenchTarget target, Deadline deadline, int status, String complaint) {
        return MissingShell.noShell(status, complaint)
                ? separateCommands.ask(target, deadline, new PaneRows(tokens.next()))
                : TmuxFailures.userId(status, complaint);
    }

    // the engine has no call to end a started program; the container's shell can
    private void kill(BenchTarget target, PaneScript script, ExecOutput output) {
        script.processOf(output.out()).ifPresent(process -> {
            List<String> kill = List.of("sh", "-c", "kill -9 -\"$1\"", "sh", String.valueOf(process));
            try {
                execs.runDetached(
                        new ExecCommand(target.container(), target.user(), kill), Deadline.in(RESERVE_FOR_KILLING));
            } catch (EngineAnswerException | ContainerEngineException unkillable) {
                // the container is stopping or the engine hangs; the result is a timeout in any case
            }
        });
    }
}
