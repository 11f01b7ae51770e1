package dev.agenttower.bench;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.PromptBody;

/** Types into the host's own panes for the host bench, and through the engine into those of containers. */
record BenchPromptTyper(ContainerId host, PromptTyper local, PromptTyper containers) implements PromptTyper {
    @Override
    public TypingResult type(TypingTarget target, String messageId, PromptBody body, boolean joinsInput) {
        return (target.bench().container().equals(host) ? local : containers).type(target, messageId, body, joinsInput);
    }
}
