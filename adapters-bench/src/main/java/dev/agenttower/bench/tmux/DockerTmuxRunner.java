package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.ExecCommand;
import dev.agenttower.bench.engine.ExecOutput;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.PanePipes.Target;
import dev.agenttower.core.text.ShellWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the tmux program of a container, by a login shell of the bench user, whose profile may say where tmux is. */
public final class DockerTmuxRunner implements TmuxRunner {
    private final Execs execs;
    private final Duration limit;

    /** Runs each command through {@code execs}, for at most {@code limit}. */
    public DockerTmuxRunner(Execs execs, Duration limit) {
        this.execs = execs;
        this.limit = limit;
    }

    @Override
    public Answer run(Target pane, List<String> arguments) {
        var output = new ExecOutput();
        Deadline deadline = Deadline.in(limit);
        try {
            String id = execs.run(
                    new ExecCommand(pane.bench().container(), pane.bench().user(), shell(pane, arguments)),
                    deadline,
                    output);
            return new Answer(execs.exitCode(id, deadline), output.out(), output.err());
        } catch (EngineAnswerException refusal) {
            return new Answer(EngineAnswers.STATUS, "", refusal.answer());
        } catch (ContainerEngineException failure) {
            throw new RefusedException(
                    failure.code() == ErrorCode.DOCKER_TIMEOUT
                            ? ErrorCode.DOCKER_EXEC_TIMEOUT
                            : ErrorCode.DOCKER_UNAVAILABLE,
                    String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public List<String> command(Target pane, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "exec",
                "-e",
                "LANG=C.UTF-8",
                "-e",
                "LC_ALL=C.UTF-8",
                "-u",
                pane.bench().user(),
                pane.bench().container().value()));
        command.addAll(shell(pane, arguments));
        return command;
    }

    /** The variable names the server as an option would, and leaves {@code tmux pipe-pane} recognizable in lists of processes. */
    private static List<String> shell(Target pane, List<String> arguments) {
        return List.of(
                "sh",
                "-lc",
                "TMUX=" + ShellWords.quoted(pane.pane().socketPath() + ",0,0") + " tmux "
                        + arguments.stream().map(ShellWords::quoted).collect(Collectors.joining(" ")));
    }
}
