package dev.agenttower.core.queue;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.PromptBody;
import java.nio.charset.StandardCharsets;

/** The headers of a message, which bound its size. They are never typed. */
final class Envelope {
    /** The most bytes of headers and body. */
    static final int LIMIT = 65_536;

    private Envelope() {}

    /**
     * The size of headers and body, in bytes.
     *
     * @throws RefusedException {@code BODY_TOO_LARGE} if it exceeds {@link #LIMIT}
     */
    static int size(String messageId, Participant sender, Participant target, PromptBody body) {
        String headers = "Message-Id: " + messageId + "\nFrom: " + shown(sender) + "\nTo: " + shown(target)
                + "\nType: prompt\nPriority: normal\nRequires-Reply: yes\n\n";
        int size = headers.getBytes(StandardCharsets.UTF_8).length + body.length();
        if (size > LIMIT) {
            throw new RefusedException(
                    ErrorCode.BODY_TOO_LARGE,
                    "the message has " + size + " bytes with its headers; the limit is " + LIMIT);
        }
        return size;
    }

    private static String shown(Participant participant) {
        String capability = participant.capability();
        return participant.agentId() + " \"" + participant.label() + "\" " + participant.role()
                + (capability == null || capability.isEmpty() ? "" : " [capability=" + capability + "]");
    }
}
