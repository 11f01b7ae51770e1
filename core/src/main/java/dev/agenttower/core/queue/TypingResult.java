package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;

/** The result of typing a prompt. */
public sealed interface TypingResult {
    /** The prompt was typed and submitted. */
    record Typed() implements TypingResult {}

    /** Nothing was typed; it may be tried again. */
    record Held(HoldReason reason) implements TypingResult {}

    /** The prompt was not typed, or not completely; it must not be tried again. */
    record Failed(FailureReason reason) implements TypingResult {}
}
