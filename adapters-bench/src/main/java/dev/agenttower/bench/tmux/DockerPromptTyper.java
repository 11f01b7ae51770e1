package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.bench.engine.ExecCommand;
import dev.agenttower.bench.engine.ExecOutput;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.PromptBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Types into panes of containers, with one program for each prompt, started through the engine and without a shell. Thread-safe. */
public final class DockerPromptTyper implements PromptTyper {
    private static final Logger LOG = LoggerFactory.getLogger(DockerPromptTyper.class);

    private final Execs execs;
    private final Duration limit;

    /** Types with programs started through {@code execs}, within a time limit. */
    public DockerPromptTyper(Execs execs, Duration limit) {
        this.execs = execs;
        this.limit = limit;
    }

    @Override
    public TypingResult type(TypingTarget target, String messageId, PromptBody body) {
        TypingCommand command = new TypingCommand(target, messageId, body);
        ExecOutput output = new ExecOutput();
        TypingResult result;
        String trouble = "";
        try {
            execs.run(exec(target, command.arguments()), body.bytes(), Deadline.in(limit), output);
            result = command.result(output.out() + output.err());
        } catch (EngineAnswerException refusal) {
            trouble = refusal.answer();
            result = new TypingResult.Failed(FailureReason.DOCKER_EXEC_FAILED);
        } catch (ContainerEngineException failure) {
            trouble = failure.getMessage();
            result = isBegun(output) || isTimeout(failure)
                    ? command.result(output.out() + output.err())
                    : new TypingResult.Failed(FailureReason.DOCKER_EXEC_FAILED);
        }
        if (result instanceof TypingResult.Failed failed) {
            LOG.warn(
                    "message {} was not delivered: {}: {}",
                    messageId,
                    failed.reason().wire(),
                    EngineClient.excerpt(output.out() + output.err() + trouble));
            if (TypingCommand.mayLeakBuffer(output.out())) {
                cleanUp(target, command, messageId);
            }
        }
        return result;
    }

    private static boolean isBegun(ExecOutput output) {
        return !output.out().isEmpty();
    }

    private static boolean isTimeout(ContainerEngineException failure) {
        return failure.code() == ErrorCode.DOCKER_TIMEOUT;
    }

    private void cleanUp(TypingTarget target, TypingCommand command, String messageId) {
        try {
            execs.runDetached(exec(target, command.cleanup()), Deadline.in(limit));
        } catch (EngineAnswerException | ContainerEngineException unreachable) {
            LOG.debug("the buffer of message {} is not deleted: {}", messageId, unreachable.getMessage());
        }
    }

    private static ExecCommand exec(TypingTarget target, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of("tmux", "-S", target.pane().socketPath()));
        command.addAll(arguments);
        return new ExecCommand(target.bench().container(), target.bench().user(), command);
    }
}
