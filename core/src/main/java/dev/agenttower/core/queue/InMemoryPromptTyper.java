package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.PromptBody;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Panes in memory, which take every prompt unless told otherwise. Thread-safe. */
public final class InMemoryPromptTyper implements PromptTyper {
    private final List<TypedPrompt> typed = new ArrayList<>();
    private Function<TypingTarget, TypingResult> answer = target -> new TypingResult.Typed();

    /** Panes that take every prompt. */
    public InMemoryPromptTyper() {}

    /** Sets the result for each prompt from now on. */
    public synchronized void answer(Function<TypingTarget, TypingResult> answer) {
        this.answer = answer;
    }

    /** The typed prompts, in order. */
    public synchronized List<TypedPrompt> typed() {
        return List.copyOf(typed);
    }

    @Override
    public TypingResult type(TypingTarget target, String messageId, PromptBody body, boolean joinsInput) {
        TypingResult result = answer().apply(target);
        if (result instanceof TypingResult.Typed) {
            add(new TypedPrompt(target, messageId, body));
        }
        return result;
    }

    private synchronized Function<TypingTarget, TypingResult> answer() {
        return answer;
    }

    private synchronized void add(TypedPrompt prompt) {
        typed.add(prompt);
    }

    /** A prompt that was typed. */
    public record TypedPrompt(TypingTarget target, String messageId, PromptBody body) {}
}
