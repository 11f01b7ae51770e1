package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.Deadlines;
import dev.agenttower.core.bench.BenchPanes;
import dev.agenttower.core.bench.BenchPanes.Failed;
import dev.agenttower.core.bench.BenchPanes.Listed;
import dev.agenttower.core.bench.BenchPanes.SocketOutcome;
import dev.agenttower.core.bench.BenchPanes.SocketPanes;
import dev.agenttower.core.bench.BenchTarget;
import dev.agenttower.core.bench.PaneSource;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The panes of this host: every tmux server of the daemon's own user is asked at the same time.
 *
 * <p>Thread-safe.
 */
public final class LocalPaneSource implements PaneSource {
    private final TmuxSockets sockets;
    private final Deadlines deadlines;
    private final Duration budget;
    private final LocalTmux tmux = new LocalTmux();
    private final RandomWords words = new RandomWords();

    /** Asks the servers of {@code sockets}; {@code budget} is what the host may take in all. */
    public LocalPaneSource(TmuxSockets sockets, Deadlines deadlines, Duration budget) {
        this.sockets = sockets;
        this.deadlines = deadlines;
        this.budget = budget;
    }

    @Override
    public BenchPanes list(BenchTarget target) {
        List<Path> paths;
        try {
            paths = sockets.list();
        } catch (NoSuchFileException missing) {
            return TmuxFailures.folderMissing(sockets.folder().toString());
        } catch (IOException unreadable) {
            return TmuxFailures.folderUnreadable(sockets.folder().toString());
        }
        Deadline deadline = deadlines.in(budget);
        var rows = new PaneRows(words.next());
        List<Question> questions = new ArrayList<>();
        for (Path path : paths) {
            questions.add(ask(path, rows, deadline));
        }
        return new Listed(questions.stream()
                .map(question -> new SocketPanes(question.socket().toString(), question.answer(rows, deadline, budget)))
                .toList());
    }

    private Question ask(Path socket, PaneRows rows, Deadline deadline) {
        try {
            return new Started(socket, tmux.start(socket, List.of("list-panes", "-a", "-F", rows.format()), deadline));
        } catch (IOException notStarted) {
            return new NotStarted(socket);
        }
    }

    /** A server that was asked. */
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

    private record NotStarted(Path socket) implements Question {
        @Override
        public SocketOutcome answer(PaneRows rows, Deadline deadline, Duration budget) {
            return new Failed(ErrorCode.TMUX_UNAVAILABLE, "the program tmux cannot be started on this host");
        }
    }
}
