package dev.agenttower.core.queue;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.queue.MessageStore.Unread;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.text.Redaction;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Notes which typed messages the hooks of their agents have shown again, and which turns ended after that. Thread-safe; nothing is typed again
 * because of a receipt that is missing.
 */
public final class Receipts {
    /** The longest answer that is kept, in characters. */
    public static final int MOST_OF_ANSWER = 65_536;

    private final MessageStore store;
    private final InstantSource clock;
    private final EndOfWaits answers;
    private final ReceiptWatch watch;

    /**
     * Receipts of the messages of a store.
     *
     * @param answers is told of messages that were answered
     * @param watch is told whose hooks are heard
     */
    public Receipts(MessageStore store, InstantSource clock, EndOfWaits answers, ReceiptWatch watch) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
        this.watch = watch;
    }

    /**
     * Takes what a hook tells.
     *
     * @param spoken the prompt that was submitted, or the last message of a turn that ended; else empty
     * @throws dev.agenttower.core.failure.StorageException if the store cannot be written
     */
    public void hear(AgentId agent, Sign sign, String spoken) {
        watch.heard(agent);
        if (!sign.subagent().isEmpty()) {
            return;
        }
        switch (sign.kind()) {
            case PROMPT_SUBMITTED -> received(agent, spoken);
            case TURN_ENDED, TURN_FAILED -> answered(agent, spoken);
            default -> {}
        }
    }

    private void received(AgentId agent, String prompt) {
        store.write(writes -> {
            for (Unread message : writes.unread(agent)) {
                if (PromptText.isShown(Digest.of(message.messages()).text(), prompt)) {
                    String now = Timestamps.millis(clock.instant());
                    message.messages()
                            .forEach(each -> writes.received(each.message().messageId(), now));
                    return message;
                }
            }
            return null;
        });
    }

    private void answered(AgentId agent, String answer) {
        String kept = redacted(Text.cut(answer, MOST_OF_ANSWER));
        List<String> messages = store.write(writes -> writes.answered(agent, Timestamps.millis(clock.instant()), kept));
        messages.forEach(answers::ended);
    }

    /** The receipt of each message that has one. */
    public Map<String, Receipt> of(Collection<String> messageIds) {
        return messageIds.isEmpty() ? Map.of() : store.receipts(messageIds);
    }

    /** The receipt of a message. */
    public Receipt of(String messageId) {
        return of(List.of(messageId)).getOrDefault(messageId, Receipt.NONE);
    }

    /** Waits for the answer to a message, which may be there already; see {@link EndOfWaits#register}. */
    public EndOfWaits.Waiter awaitAnswer(String messageId) {
        return answers.register(messageId);
    }

    private static String redacted(String text) {
        return text.lines().map(Redaction::redact).collect(Collectors.joining("\n"));
    }
}
