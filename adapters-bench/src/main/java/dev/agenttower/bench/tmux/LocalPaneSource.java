package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Listed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import dev.agenttower.core.pane.BenchPanes.SocketOutcome;
import dev.agenttower.core.pane.BenchPanes.SocketPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Scans the panes of this host: queries all tmux servers of the daemon's own user in parallel.
 *
 * <p>Thread-safe.
 */
public final class LocalPaneSource implements PaneSource {
    private static final int MOST_LOOKS = 3;

    private final TmuxSockets sockets;
    private final Duration budget;
    private final LongFunction<OptionalLong> processStarts;
    private final LocalTmux tmux = new LocalTmux();
    private final RandomTokens tokens = new RandomTokens();

    /**
     * Queries the servers of {@code sockets}.
     *
     * @param budget the time limit for the host
     * @param processStarts the start time of a process of this host, in clock ticks since the boot
     */
    public LocalPaneSource(TmuxSockets sockets, Duration budget, LongFunction<OptionalLong> processStarts) {
        this.sockets = sockets;
        this.budget = budget;
        this.processStarts = processStarts;
    }

    /** {@inheritDoc} Looks again if the sockets have changed meanwhile: a socket that is moved at that moment is found at neither of its paths. */
    @Override
    public BenchPanes list(BenchTarget target) {
        Deadline deadline = Deadline.in(budget);
        try {
            List<Path> paths = sockets.list();
            for (int looks = 1; ; looks++) {
                Listed listed = ask(paths, deadline);
                List<Path> now = sockets.list();
                boolean isLate = deadline.remainingNanos() < budget.toNanos() / 2;
                if (looks == MOST_LOOKS || isLate || now.equals(paths)) {
                    return listed;
                }
                paths = now;
            }
        } catch (NoSuchFileException missing) {
            return TmuxFailures.folderMissing(sockets.folder().toString());
        } catch (IOException unreadable) {
            return TmuxFailures.folderUnreadable(sockets.folder().toString());
        }
    }

    private Listed ask(List<Path> paths, Deadline deadline) {
        var rows = new PaneRows(tokens.next());
        List<Question> questions = new ArrayList<>();
        for (Path path : paths) {
            questions.add(ask(path, rows));
        }
        return new Listed(questions.stream()
                .map(question -> new SocketPanes(
                        question.socket().toString(), withProcesses(question.answer(rows, deadline, budget))))
                .toList());
    }

    private SocketOutcome withProcesses(SocketOutcome outcome) {
        return outcome instanceof Seen seen
                ? new Seen(seen.panes().stream().map(this::withProcess).toList(), seen.malformedRows())
                : outcome;
    }

    private ObservedPane withProcess(ObservedPane pane) {
        PaneIdentity identity = pane.identity();
        OptionalLong start = processStarts.apply(pane.pid());
        return identity == null || start.isEmpty()
                ? pane
                : pane.identified(new PaneIdentity(identity.server(), start.getAsLong()));
    }

    private Question ask(Path socket, PaneRows rows) {
        try {
            return new Started(socket, tmux.start(socket, List.of("list-panes", "-a", "-F", rows.format())));
        } catch (IOException notStarted) {
            return new NotStarted(socket, String.valueOf(notStarted.getMessage()));
        }
    }

    /** A query to one server. */
    private sealed interface Question {
        Path socket();

        SocketOutcome answer(PaneRows rows, Deadline deadline, Duration budget);
    }

    private record Started(Path socket, LocalTmux.Running command) implements Question {
        @Override
        public SocketOutcome answer(PaneRows rows, Deadline deadline, Duration budget) {
            LocalTmux.Answer answer = command.answer(deadline);
            if (answer.isTooLate()) {
                return TmuxFailures.socketTimeout(budget);
            }
            return answer.status() == 0
                    ? rows.parse(answer.text())
                    : TmuxFailures.listPanes(answer.status(), answer.text());
        }
    }

    private record NotStarted(Path socket, String reason) implements Question {
        @Override
        public SocketOutcome answer(PaneRows rows, Deadline deadline, Duration budget) {
            return new Failed(
                    ErrorCode.TMUX_UNAVAILABLE, "tmux cannot be started on this host: " + EngineClient.excerpt(reason));
        }
    }
}
