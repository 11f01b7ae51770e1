package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agenttower.core.directory.QueueView;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.queue.PromptQueue;
import dev.agenttower.core.queue.Sent;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.session.AppSession;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sending payloads to agents, and decisions about messages, by a person at a control panel. */
public final class AppQueueMethods {
    private static final int MAX_PAYLOAD_BYTES = 16_384;

    private final PromptQueue queue;
    private final AppAudit audit;

    /** The methods of one queue. */
    public AppQueueMethods(PromptQueue queue, AppAudit audit) {
        this.queue = queue;
        this.audit = audit;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.send_input", Lane.PATIENT, this::send),
                Method.app("app.queue.approve", Lane.PATIENT, this::approve),
                Method.app("app.queue.delay", Lane.PATIENT, this::delay),
                Method.app("app.queue.cancel", Lane.PATIENT, this::cancel));
    }

    private Result send(Call call) {
        AppParams params = new AppParams(call.params());
        String target = params.requiredText("target_agent_id");
        JsonNode payload = params.get("payload");
        if (payload == null || !payload.isObject()) {
            throw invalid("payload", "missing or wrong type");
        }
        String key = params.optionalText("idempotency_key");
        if (key != null && key.length() > RequestKey.MAX_LENGTH) {
            throw invalid("idempotency_key", "too long");
        }
        byte[] body = JsonForm.canonical(tree(payload)).getBytes(US_ASCII);
        if (body.length > MAX_PAYLOAD_BYTES) {
            // An unknown target is reported first.
            queue.sending().resolve(target);
            throw invalid("payload", "too large");
        }
        Sent sent = queue.sending()
                .send(
                        operator(call),
                        target,
                        body,
                        options(params),
                        key == null ? null : new RequestKey(scope(call.session()), key));
        if (sent.blockReason() == BlockReason.KILL_SWITCH_OFF) {
            throw new RefusedException(
                    ErrorCode.ROUTING_DISABLED, "routing is disabled; message " + sent.messageId() + " is blocked");
        }
        if (!sent.repeated()) {
            audit.sent(call.session(), sent);
        }
        return Result.of(JsonNodeFactory.instance
                .objectNode()
                .put("message_id", sent.messageId())
                .put("state", sent.state().wire())
                .put("deduplicated", sent.repeated()));
    }

    private static SendOptions options(AppParams params) {
        String when = params.optionalText("when");
        return new SendOptions(
                when == null
                        ? null
                        : SendOptions.When.parse(when).orElseThrow(() -> invalid("when", "must be idle or now")),
                params.flag("digest", false),
                false);
    }

    /** Names a session without its token, which is a secret. */
    private static String scope(AppSession session) {
        return PromptQueue.PANEL_SCOPE + UUID.nameUUIDFromBytes(session.token().getBytes(UTF_8));
    }

    private static @Nullable Object tree(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), tree(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(element -> list.add(tree(element)));
            return list;
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() ? node.bigIntegerValue() : (Object) node.doubleValue();
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }

    /** A control panel acts for the person on the host; an agent that speaks like one does not. */
    private static Actor operator(Call call) {
        if (!call.caller().isPerson()) {
            throw new RefusedException(
                    ErrorCode.SENDER_ROLE_NOT_PERMITTED,
                    "the caller was started by an agent, which sends and decides from its own pane only");
        }
        return Actor.hostOperator();
    }

    private Result approve(Call call) {
        String id = new AppParams(call.params()).requiredText("message_id");
        return decided(call, queue.decisions().approve(id, operator(call)), "approved", "approve");
    }

    private Result delay(Call call) {
        AppParams params = new AppParams(call.params());
        String id = params.requiredText("message_id");
        JsonNode millis = params.get("delay_ms");
        if (millis == null
                || !millis.isIntegralNumber()
                || millis.bigIntegerValue().signum() < 0) {
            throw invalid("delay_ms", "missing or wrong type");
        }
        return decided(call, queue.decisions().delay(id, operator(call)), "delayed", "delay");
    }

    private Result cancel(Call call) {
        String id = new AppParams(call.params()).requiredText("message_id");
        return decided(call, queue.decisions().cancel(id, operator(call)), "canceled", "cancel");
    }

    private Result decided(Call call, QueuedMessage message, String past, String action) {
        audit.decided(call.session(), message, "queue_message_" + past, "app.queue." + action);
        return AppDirectoryMethods.row(ListMethod.row(QueueView.LIST, QueueView.of(message)));
    }
}
