package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.OperatorDecision;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.SendOptions;

/** Messages, in the form of the older methods. */
final class MessageRecords {
    private MessageRecords() {}

    static ObjectNode message(QueuedMessage message, Receipt receipt) {
        MessageProgress progress = message.progress();
        BlockReason block = progress.blockReason();
        FailureReason failure = progress.failureReason();
        HoldReason hold = progress.holdReason();
        OperatorDecision decision = progress.decision();
        SendOptions options = message.options();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("message_id", message.messageId());
        node.put("state", message.state().wire());
        node.put("block_reason", block == null ? null : block.wire());
        node.put("failure_reason", failure == null ? null : failure.wire());
        node.set("sender", participant(message.sender()));
        node.set("target", participant(message.target()));
        node.put("envelope_size_bytes", message.envelopeSize());
        node.put("envelope_body_sha256", message.bodySha256());
        node.put("enqueued_at", message.enqueuedAt());
        node.put("delivery_attempt_started_at", progress.attemptStartedAt());
        node.put("delivered_at", progress.deliveredAt());
        node.put("failed_at", progress.failedAt());
        node.put("canceled_at", progress.canceledAt());
        node.put("last_updated_at", progress.lastUpdatedAt());
        node.put("operator_action", decision == null ? null : decision.action().wire());
        node.put("operator_action_at", decision == null ? null : decision.at());
        node.put("operator_action_by", decision == null ? null : decision.by());
        node.put("origin", message.source().origin().wire());
        node.put("route_id", message.source().routeId());
        node.put("event_id", message.source().eventId());
        node.put("excerpt", message.excerpt());
        node.put("hold_reason", hold == null ? null : hold.wire());
        node.put("received_at", receipt.receivedAt());
        node.put("answered_at", receipt.answeredAt());
        node.put("receipt", receipt.word());
        node.put("when", options.when() == null ? null : options.when().wire());
        node.put("digest", options.digest());
        node.put("command", options.command());
        return node;
    }

    private static ObjectNode participant(Participant participant) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("agent_id", participant.agentId())
                .put("label", participant.label())
                .put("role", participant.role())
                .put("capability", participant.capability());
    }
}
