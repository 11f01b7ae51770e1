package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.ExecCommand;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.bench.engine.LiveExec;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.pane.BenchTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shell in a container. */
record ContainerShell(Execs execs, BenchTarget bench, LiveExec exec) implements ShellChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerShell.class);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(2);

    static ContainerShell start(Execs execs, BenchTarget bench, List<String> command, Deadline deadline) {
        return new ContainerShell(
                execs, bench, execs.open(new ExecCommand(bench.container(), bench.user(), command), deadline));
    }

    @Override
    public void send(byte[] bytes, Deadline deadline) throws IOException {
        exec.send(bytes, deadline);
    }

    @Override
    public @Nullable List<String> readLines(Deadline deadline) throws IOException {
        return exec.readLines(deadline);
    }

    @Override
    public boolean hasEnded() {
        return exec.hasEnded();
    }

    // The engine has no call to end a started program; another shell can, because a started program leads a process
    // group.
    @Override
    public void kill(long shell) {
        close();
        if (shell == 0) {
            return;
        }
        List<String> kill = List.of("sh", "-c", "kill -9 -\"$1\"", "sh", String.valueOf(shell));
        try {
            execs.runDetached(new ExecCommand(bench.container(), bench.user(), kill), Deadline.in(KILL_LIMIT));
        } catch (EngineAnswerException | ContainerEngineException unkillable) {
            LOG.debug("a shell in bench {} is not killed: {}", bench.name(), unkillable.getMessage());
        }
    }

    @Override
    public void close() {
        exec.close();
    }
}
