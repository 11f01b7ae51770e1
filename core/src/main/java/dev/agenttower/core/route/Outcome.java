package dev.agenttower.core.route;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.queue.message.PromptBody;
import org.jspecify.annotations.Nullable;

/** What a route makes of one event of its type. */
sealed interface Outcome {
    /** Nothing, because it does not select the event, or the agent of the event is gone. */
    record Ignored() implements Outcome {}

    /**
     * No message, though it selects the event.
     *
     * @param detail which rule a rendered text broke; null for all reasons but {@link SkipReason#TEMPLATE_RENDER_ERROR}
     */
    record Skipped(
            SkipReason reason,
            @Nullable String detail,
            @Nullable Agent master,
            @Nullable Agent target) implements Outcome {}

    /** A message. */
    record Prompt(Agent master, Agent target, PromptBody body) implements Outcome {}
}
