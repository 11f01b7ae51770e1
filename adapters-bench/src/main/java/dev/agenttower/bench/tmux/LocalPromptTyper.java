package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.PromptBody;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Types into panes of this host, with one process for each prompt. Thread-safe. */
public final class LocalPromptTyper implements PromptTyper {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPromptTyper.class);

    private final Duration limit;
    private final LocalTmux tmux = new LocalTmux();

    /** Types within this time limit. */
    public LocalPromptTyper(Duration limit) {
        this.limit = limit;
    }

    @Override
    public TypingResult type(TypingTarget target, String messageId, PromptBody body) {
        TypingCommand command = new TypingCommand(target, messageId, body);
        Path socket = Path.of(target.pane().socketPath());
        LocalTmux.Answer answer;
        try {
            answer = tmux.start(socket, command.arguments(), body.bytes()).answer(Deadline.in(limit));
        } catch (IOException noTmux) {
            LOG.warn("tmux cannot be started on this host: {}", noTmux.getMessage());
            return new TypingResult.Failed(FailureReason.TMUX_PASTE_FAILED);
        }
        TypingResult result = command.result(answer.text());
        if (result instanceof TypingResult.Failed failed) {
            LOG.warn(
                    "message {} was not delivered: {}: {}",
                    messageId,
                    failed.reason().wire(),
                    answer.isTooLate() ? "tmux did not answer in time" : EngineClient.excerpt(answer.text()));
            cleanUp(socket, command, answer, messageId);
        }
        return result;
    }

    private void cleanUp(Path socket, TypingCommand command, LocalTmux.Answer answer, String messageId) {
        if (!TypingCommand.mayLeakBuffer(answer.text()) && !answer.isTooLate()) {
            return;
        }
        try {
            LocalTmux.Answer deleted = tmux.start(socket, command.cleanup()).answer(Deadline.in(limit));
            LOG.debug("deleting the buffer of message {}: {}", messageId, deleted.status());
        } catch (IOException noTmux) {
            LOG.debug("no tmux to delete the buffer of message {}", messageId, noTmux);
        }
    }
}
