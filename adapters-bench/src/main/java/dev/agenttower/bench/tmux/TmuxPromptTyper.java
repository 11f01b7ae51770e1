package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.core.agent.screen.ClientScreen;
import dev.agenttower.core.agent.screen.Screen;
import dev.agenttower.core.agent.screen.ScreenReading;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.PromptBody;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Types into panes with one call of tmux for each prompt, and one before it that reads the screen of a known client, run by a {@linkplain TypingShell shell} in the bench that stays for the next prompt.
 * A bench has as many shells as prompts were typed there at the same time. Thread-safe.
 */
public final class TmuxPromptTyper implements PromptTyper, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TmuxPromptTyper.class);
    private static final Duration CLEANUP_LIMIT = Duration.ofSeconds(2);
    private static final int MOST_LOOKS = 3;

    private final ShellChannel.Starter starter;
    private final FailureReason unreachable;
    private final Duration limit;
    private final RandomTokens tokens = new RandomTokens();
    private final Map<BenchTarget, Deque<TypingShell>> idle = new HashMap<>();
    private boolean closed;

    private TmuxPromptTyper(ShellChannel.Starter starter, FailureReason unreachable, Duration limit) {
        this.starter = starter;
        this.unreachable = unreachable;
        this.limit = limit;
    }

    /** Types into panes of this host, each prompt within a time limit. */
    public static TmuxPromptTyper ofHost(Duration limit) {
        return new TmuxPromptTyper(
                (bench, command, deadline) -> LocalShell.start(command), FailureReason.TMUX_PASTE_FAILED, limit);
    }

    /** Types into panes of containers, each prompt within a time limit. */
    public static TmuxPromptTyper ofContainers(Execs execs, Duration limit) {
        return new TmuxPromptTyper(
                (bench, command, deadline) -> ContainerShell.start(execs, bench, command, deadline),
                FailureReason.DOCKER_EXEC_FAILED,
                limit);
    }

    @Override
    public TypingResult type(TypingTarget target, String messageId, PromptBody body, boolean joinsInput) {
        TypingCommand command = new TypingCommand(target, messageId, body);
        Deadline deadline = Deadline.in(limit);
        TypingShell shell;
        try {
            shell = take(target.bench(), deadline);
        } catch (EngineAnswerException refusal) {
            return failed(messageId, unreachable, refusal.answer());
        } catch (ContainerEngineException | IOException failure) {
            return failed(messageId, unreachable, String.valueOf(failure.getMessage()));
        }
        try {
            TypingResult result = type(target, messageId, command, body, joinsInput, shell, deadline);
            giveBack(target.bench(), shell);
            return result;
        } catch (IOException broken) {
            shell.kill();
            cleanUp(target, command, messageId);
            boolean isTimeout = broken instanceof SocketTimeoutException;
            return failed(
                    messageId,
                    isTimeout ? FailureReason.TMUX_PASTE_FAILED : unreachable,
                    isTimeout ? "tmux did not answer in time" : String.valueOf(broken.getMessage()));
        }
    }

    /** Looks at the screen, and types if no dialog and no half-typed line is there and the cursor has not moved since; looks again if it has. */
    private static TypingResult type(
            TypingTarget target,
            String messageId,
            TypingCommand command,
            PromptBody body,
            boolean joinsInput,
            TypingShell shell,
            Deadline deadline)
            throws IOException {
        boolean isClient = ClientScreen.isKnown(target.capability());
        for (int look = 1; ; look++) {
            Screen seen = isClient
                    ? ScreenCommand.screen(shell.run(command.look(), new byte[0], deadline))
                            .orElse(null)
                    : null;
            ScreenReading shown = seen == null
                    ? null
                    : ClientScreen.reading(target.capability(), seen).orElse(null);
            if (shown != null && shown.isDialog()) {
                return new TypingResult.Held(HoldReason.DIALOG_OPEN);
            }
            String input = shown == null ? null : shown.input();
            if (input != null && !input.isEmpty() && !joinsInput) {
                return new TypingResult.Held(HoldReason.HUMAN_TYPING);
            }
            // A cursor that never rests is that of an agent whose output moves its input box.
            Screen still = look == MOST_LOOKS ? null : seen;
            String printed = shell.run(command.arguments(still), body.bytes(), deadline);
            if (TypingCommand.mayLeakBuffer(printed)) {
                shell.run(command.cleanup(), new byte[0], deadline);
            }
            if (still == null || !command.hasMoved(printed, still)) {
                TypingResult result = command.result(printed);
                return result instanceof TypingResult.Failed failure
                        ? failed(messageId, failure.reason(), printed)
                        : result;
            }
        }
    }

    private static TypingResult failed(String messageId, FailureReason reason, String text) {
        LOG.warn("message {} was not delivered: {}: {}", messageId, reason.wire(), EngineClient.excerpt(text));
        return new TypingResult.Failed(reason);
    }

    private void cleanUp(TypingTarget target, TypingCommand command, String messageId) {
        @Nullable TypingShell shell = null;
        Deadline deadline = Deadline.in(CLEANUP_LIMIT);
        try {
            shell = take(target.bench(), deadline);
            shell.run(command.cleanup(), new byte[0], deadline);
            giveBack(target.bench(), shell);
        } catch (EngineAnswerException | ContainerEngineException | IOException unreachable) {
            LOG.debug("the buffer of message {} may be left behind: {}", messageId, unreachable.getMessage());
            if (shell != null) {
                shell.kill();
            }
        }
    }

    private TypingShell take(BenchTarget bench, Deadline deadline) throws IOException {
        synchronized (idle) {
            idle.values().forEach(TmuxPromptTyper::removeEnded);
            idle.values().removeIf(Deque::isEmpty);
            Deque<TypingShell> shells = idle.get(bench);
            if (shells != null) {
                return shells.pop();
            }
        }
        String token = tokens.next();
        TypingShell shell = new TypingShell(starter.start(bench, TypingShell.command(token), deadline), token);
        try {
            shell.awaitReady(deadline);
            return shell;
        } catch (IOException unusable) {
            shell.kill();
            throw unusable;
        }
    }

    private static void removeEnded(Deque<TypingShell> shells) {
        shells.removeIf(shell -> {
            boolean isUsable = shell.isUsable();
            if (!isUsable) {
                shell.close();
            }
            return !isUsable;
        });
    }

    private void giveBack(BenchTarget bench, TypingShell shell) {
        synchronized (idle) {
            if (!closed) {
                idle.computeIfAbsent(bench, first -> new ArrayDeque<>()).push(shell);
                return;
            }
        }
        shell.close();
    }

    /** Ends the shells; those in use end with their prompt. */
    @Override
    public void close() {
        List<TypingShell> ended = new ArrayList<>();
        synchronized (idle) {
            closed = true;
            idle.values().forEach(ended::addAll);
            idle.clear();
        }
        ended.forEach(TypingShell::close);
    }
}
