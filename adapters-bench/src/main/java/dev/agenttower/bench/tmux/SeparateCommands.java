package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.ExecCommand;
import dev.agenttower.bench.engine.ExecOutput;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import dev.agenttower.core.pane.BenchTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The pane scan of a container without a shell: {@code id}, {@code ls} and one {@code tmux} for each socket, each started through the
 * engine. A program that hangs cannot be killed without a shell; it stays until it ends by itself.
 */
final class SeparateCommands {
    private static final String SOCKET_MARK = "=";

    private final Execs execs;
    private final Duration budget;

    SeparateCommands(Execs execs, Duration budget) {
        this.execs = execs;
        this.budget = budget;
    }

    BenchPanes ask(BenchTarget target, Deadline deadline, PaneRows rows) {
        try {
            Answer user = run(target, deadline, List.of("id", "-u"));
            if (user.status() != 0) {
                return TmuxFailures.userId(user.status(), user.complaint());
            }
            String id = user.out().strip();
            if (!id.matches("\\d{1,18}")) {
                return TmuxFailures.userIdMalformed(id);
            }
            String folder = "/tmp/tmux-" + id;
            Answer listing = run(target, deadline, List.of("ls", "-1F", "--", folder));
            if (listing.status() != 0) {
                return TmuxFailures.folder(folder, listing.status(), listing.complaint());
            }
            List<SocketPanes> sockets = new ArrayList<>();
            for (String name : listing.out().split("\n", -1)) {
                // -F marks sockets; other entries are skipped
                if (name.endsWith(SOCKET_MARK)) {
                    String path = folder + "/" + name.substring(0, name.length() - 1);
                    sockets.add(new SocketPanes(path, listPanes(target, deadline, path, rows)));
                }
            }
            return new Listed(sockets);
        } catch (ContainerEngineException failure) {
            return failure.code() == ErrorCode.DOCKER_TIMEOUT
                    ? TmuxFailures.timeout(budget)
                    : EngineAnswers.unreachable(failure);
        }
    }

    private SocketOutcome listPanes(BenchTarget target, Deadline deadline, String path, PaneRows rows) {
        try {
            Answer panes = run(target, deadline, List.of("tmux", "-S", path, "list-panes", "-a", "-F", rows.format()));
            return panes.status() == 0
                    ? rows.parse(panes.out())
                    : TmuxFailures.listPanes(panes.status(), panes.complaint());
        } catch (ContainerEngineException failure) {
            if (failure.code() == ErrorCode.DOCKER_TIMEOUT) {
                return TmuxFailures.socketTimeout(budget);
            }
            throw failure;
        }
    }

    private Answer run(BenchTarget target, Deadline deadline, List<String> arguments) {
        var output = new ExecOutput();
        try {
            String id = execs.run(new ExecCommand(target.container(), target.user(), arguments), deadline, output);
            return new Answer(execs.exitCode(id, deadline), output.out(), output.err());
        } catch (EngineAnswerException refusal) {
            return new Answer(EngineAnswers.STATUS, "", refusal.answer());
        }
    }

    /** The result of one program. */
    private record Answer(int status, String out, String err) {
        // the engine reports a failed start on standard output
        String complaint() {
            return err.isBlank() ? out : err;
        }
    }
}
