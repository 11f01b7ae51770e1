package dev.agenttower.core.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agenttower.core.queue.MessageStore.Typed;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.text.Text;
import java.util.List;

/** One prompt of several messages, with their senders, in their order. The same messages always make the same prompt. */
final class Digest {
    /** The most messages of one prompt. */
    static final int MOST = 100;
    /** The most bytes of one prompt, which is as much as one message may have. */
    static final int MOST_BYTES = Envelope.LIMIT;

    private static final int MOST_OF_LABEL = 64;
    /** More than the lines above one message have. */
    private static final int HEADER = 512;

    private Digest() {}

    /** The prompt; a message that is alone is the prompt itself. */
    static PromptBody of(List<Typed> messages) {
        if (messages.size() == 1) {
            return messages.get(0).body();
        }
        StringBuilder text =
                new StringBuilder(1024).append(messages.size()).append(" messages were sent to you, the oldest first.");
        int number = 0;
        for (Typed each : messages) {
            number++;
            text.append("\n\n[%d of %d, from %s, %s]\n"
                            .formatted(
                                    number,
                                    messages.size(),
                                    Text.singleLine(each.message().sender().label(), MOST_OF_LABEL),
                                    each.message().enqueuedAt()))
                    .append(each.body().text().stripTrailing());
        }
        return PromptBody.stored(text.toString().getBytes(UTF_8));
    }

    /** At most as many bytes as a message adds to a prompt. */
    static int size(PromptBody body) {
        return body.length() + HEADER;
    }
}
