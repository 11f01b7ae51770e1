package dev.agenttower.socket.server.legacy;

import static dev.agenttower.socket.server.legacy.LegacyParams.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.EndOfWaits;
import dev.agenttower.core.queue.MessageFilter;
import dev.agenttower.core.queue.MessageFilter.Position;
import dev.agenttower.core.queue.PromptQueue;
import dev.agenttower.core.queue.Sent;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sending prompts, and the messages of the queue. Unknown parameters are ignored. */
public final class QueueMethods {
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);
    private static final int LONGEST_WAIT_SECONDS = 300;
    /** A delivery mostly ends so soon that the answer need not wait for the next look at all waiting connections. */
    private static final long FIRST_WAIT_MILLIS = 200;

    private final PromptQueue queue;
    private final AgentStates states;
    private final BooleanSupplier isStopping;

    /**
     * The methods of one queue.
     *
     * @param states what agents do: nobody waits for the answer of one that has ended
     * @param isStopping whether the daemon is about to stop; then senders wait no longer
     */
    public QueueMethods(PromptQueue queue, AgentStates states, BooleanSupplier isStopping) {
        this.queue = queue;
        this.states = states;
        this.isStopping = isStopping;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("queue.send_input", Lane.PATIENT, this::send),
                Method.legacy("queue.list", Lane.QUICK, this::list),
                Method.legacy("queue.receipt", Lane.PATIENT, this::receipt),
                Method.legacy("queue.approve", Lane.PATIENT, call -> decide(call, queue.decisions()::approve)),
                Method.legacy("queue.delay", Lane.PATIENT, call -> decide(call, queue.decisions()::delay)),
                Method.legacy("queue.cancel", Lane.PATIENT, call -> decide(call, queue.decisions()::cancel)));
    }

    private Result send(Call call) {
        LegacyParams params = new LegacyParams(call.params());
        Actor sender = sender(call, params);
        String target = nonEmpty(params, "target");
        byte[] body = body(params);
        boolean waits = waits(params);
        Duration patience = patience(params);
        RequestKey key = key(params, sender);
        SendOptions options = options(params);
        if (isStopping.getAsBoolean()) {
            throw new RefusedException(ErrorCode.DAEMON_SHUTTING_DOWN, "the daemon is stopping; send the prompt again");
        }
        Sent sent;
        try {
            sent = queue.sending().send(sender, target, body, options, key);
        } catch (RefusedException e) {
            throw e.code() == ErrorCode.VALIDATION_FAILED ? badRequest(e.getMessage()) : e;
        }
        return waits ? waited(sent.messageId(), patience) : sent(sent.messageId(), false);
    }

    /** The agent of the caller's pane; a person on the host who says so. */
    private Actor sender(Call call, LegacyParams params) {
        ObjectNode pane = CallerPane.read(params);
        if (pane == null) {
            boolean isOperator = params.flag("operator", ErrorCode.BAD_REQUEST);
            if (isOperator && call.caller().isPerson()) {
                return Actor.hostOperator();
            }
            throw new RefusedException(
                    ErrorCode.SENDER_NOT_IN_PANE,
                    "the caller names no pane; prompts are sent from the pane of a master, or by a person on the host, whom no"
                            + " agent started");
        }
        try {
            return CallerPane.actor(call, pane, queue.sending());
        } catch (RefusedException e) {
            throw e.code() == ErrorCode.OPERATOR_PANE_INACTIVE
                    ? new RefusedException(ErrorCode.SENDER_ROLE_NOT_PERMITTED, e.getMessage())
                    : e;
        }
    }

    private static byte[] body(LegacyParams params) {
        String encoded = params.text("body_bytes");
        // The decoder accepts a missing padding, the contract does not.
        if (encoded.length() % 4 != 0) {
            throw badRequest("params.body_bytes is not standard base64");
        }
        try {
            byte[] body = Base64.getDecoder().decode(encoded);
            if (!Base64.getEncoder().encodeToString(body).equals(encoded)) {
                throw badRequest("params.body_bytes is not standard base64");
            }
            return body;
        } catch (IllegalArgumentException e) {
            throw badRequest("params.body_bytes is not standard base64");
        }
    }

    private static SendOptions options(LegacyParams params) {
        String when = params.textOrNull("when");
        try {
            return new SendOptions(
                    when == null
                            ? null
                            : SendOptions.When.parse(when)
                                    .orElseThrow(() -> badRequest("params.when must be idle or now")),
                    params.flag("digest", ErrorCode.BAD_REQUEST),
                    params.flag("command", ErrorCode.BAD_REQUEST));
        } catch (RefusedException e) {
            throw badRequest(e.getMessage());
        }
    }

    private static boolean waits(LegacyParams params) {
        JsonNode value = params.get("wait");
        if (value != null && !value.isBoolean()) {
            throw badRequest("params.wait must be a boolean");
        }
        return value == null || value.booleanValue();
    }

    private static Duration patience(LegacyParams params) {
        JsonNode value = params.get("wait_timeout_seconds");
        if (value == null || value.isNull()) {
            return DEFAULT_WAIT;
        }
        double seconds = value.doubleValue();
        if (!value.isNumber() || !(seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS)) {
            throw badRequest("params.wait_timeout_seconds must be a number from 0 to " + LONGEST_WAIT_SECONDS);
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static @Nullable RequestKey key(LegacyParams params, Actor sender) {
        String key = params.textOrNull("idempotency_key");
        if (key != null && key.length() > RequestKey.MAX_LENGTH) {
            throw badRequest("params.idempotency_key is longer than " + RequestKey.MAX_LENGTH + " characters");
        }
        return key == null ? null : new RequestKey(sender.id(), key);
    }

    private Result waited(String messageId, Duration patience) {
        EndOfWaits.Waiter waiter = queue.waits().register(messageId);
        // The message may have reached its end before the waiter was there.
        if (stored(messageId).progress().endsWait()
                || waiter.await(Math.min(FIRST_WAIT_MILLIS, patience.toMillis()))
                || patience.toMillis() <= FIRST_WAIT_MILLIS) {
            waiter.close();
            return sent(messageId, true);
        }
        return Result.later(
                patience.minusMillis(FIRST_WAIT_MILLIS), () -> waiter.hasEnded() || isStopping.getAsBoolean(), () -> {
                    waiter.close();
                    return sent(messageId, true);
                });
    }

    private Result sent(String messageId, boolean waited) {
        QueuedMessage message = stored(messageId);
        return Result.of(
                row(message).put("waited_to_terminal", waited && message.state().isTerminal()));
    }

    private QueuedMessage stored(String messageId) {
        return queue.listing()
                .find(messageId)
                .orElseThrow(() ->
                        new RefusedException(ErrorCode.MESSAGE_ID_NOT_FOUND, "message " + messageId + " was deleted"));
    }

    private ObjectNode row(QueuedMessage message) {
        return MessageRecords.message(message, queue.receipts().of(message.messageId()));
    }

    /** What became of a typed message; waits for the end of the turn, unless the message cannot get one any more. */
    private Result receipt(Call call) {
        LegacyParams params = new LegacyParams(call.params());
        String messageId = nonEmpty(params, "message_id");
        Duration patience = waits(params) ? patience(params) : Duration.ZERO;
        QueuedMessage message = stored(messageId);
        EndOfWaits.Waiter waiter = queue.receipts().awaitAnswer(messageId);
        boolean isOver =
                message.state() == MessageState.FAILED || message.state() == MessageState.CANCELED || hasEnded(message);
        if (isOver || patience.isZero() || queue.receipts().of(messageId).answeredAt() != null) {
            waiter.close();
            return Result.of(answer(messageId));
        }
        return Result.later(patience, () -> waiter.hasEnded() || hasEnded(message) || isStopping.getAsBoolean(), () -> {
            waiter.close();
            return Result.of(answer(messageId));
        });
    }

    private ObjectNode answer(String messageId) {
        Receipt receipt = queue.receipts().of(messageId);
        QueuedMessage message = stored(messageId);
        return MessageRecords.message(message, receipt)
                .put("answer", receipt.answer())
                .put("agent_ended", hasEnded(message));
    }

    private boolean hasEnded(QueuedMessage message) {
        return states.of(new AgentId(message.target().agentId())).state() == AgentState.ENDED;
    }

    private Result list(Call call) {
        int limit = MessageListParams.limit(call.params());
        MessageFilter filter = MessageListParams.read(new LegacyParams(call.params()), queue.listing(), limit + 1);
        List<QueuedMessage> found = queue.listing().list(filter);
        boolean hasMore = found.size() > limit;
        int from = hasMore && filter.isNewest() ? 1 : 0;
        List<QueuedMessage> shown = found.subList(from, from + Math.min(limit, found.size()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("rows");
        Map<String, Receipt> receipts =
                queue.receipts().of(shown.stream().map(QueuedMessage::messageId).toList());
        shown.forEach(message ->
                rows.add(MessageRecords.message(message, receipts.getOrDefault(message.messageId(), Receipt.NONE))));
        QueuedMessage last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
        body.put(
                "next_cursor",
                last == null || !hasMore || filter.isNewest()
                        ? null
                        : MessageListParams.cursor(new Position(last.enqueuedAt(), last.messageId())));
        if (filter.isNewest()) {
            body.put("has_older", hasMore);
        }
        return Result.of(body);
    }

    private Result decide(Call call, Decision decision) {
        LegacyParams params = new LegacyParams(call.params());
        String messageId = nonEmpty(params, "message_id");
        return Result.of(row(decision.decide(messageId, CallerPane.operator(call, params, queue.sending()))));
    }

    static String nonEmpty(LegacyParams params, String name) {
        String text = params.text(name);
        if (text.isEmpty()) {
            throw badRequest("params." + name + " must not be empty");
        }
        return text;
    }

    private interface Decision {
        QueuedMessage decide(String messageId, Actor operator);
    }
}
