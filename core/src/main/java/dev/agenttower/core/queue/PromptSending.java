package dev.agenttower.core.queue;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.queue.MessageStore.KeyedMessage;
import dev.agenttower.core.queue.MessageStore.Writes;
import dev.agenttower.core.queue.PromptDelivery.Order;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.text.FreshIds;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.core.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Stores messages for delivery. Thread-safe. */
public final class PromptSending {
    /** Stamps that lie further ahead come from another clock, and new messages do not follow them. */
    private static final Duration NEXT_STAMP_LIMIT = Duration.ofMinutes(1);

    private final MessageStore store;
    private final AgentStore agents;
    private final AgentLookup lookup;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final PromptDelivery delivery;
    private final QueueAudit audit;

    PromptSending(
            MessageStore store,
            AgentStore agents,
            InstantSource clock,
            RandomGenerator random,
            PromptDelivery delivery,
            QueueAudit audit) {
        this.store = store;
        this.agents = agents;
        this.lookup = new AgentLookup(agents);
        this.clock = clock;
        this.random = random;
        this.delivery = delivery;
        this.audit = audit;
    }

    /** The agent of a pane, active or not. */
    public Optional<Agent> agentOf(PaneKey pane) {
        AgentFilter inContainer = new AgentFilter(List.of(), pane.container().value(), false, null);
        return agents.list(inContainer).stream()
                .map(AgentListing::agent)
                .filter(agent -> agent.pane().equals(pane))
                .findFirst();
    }

    /**
     * The agent with this id, or the only active agent with this label. The text is compared exactly.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND} if there is none, {@code TARGET_LABEL_AMBIGUOUS} if several active agents have the label
     */
    public Agent resolve(String idOrLabel) {
        return lookup.find(idOrLabel);
    }

    /**
     * Stores a message: queued, or blocked if a rule of the permission gate does not hold. Messages to one target are delivered in the order in
     * which they were stored.
     *
     * <p>A request with a key that is remembered stores nothing and returns the result of the first one. A key is remembered with the message, in
     * one transaction, unless routing is disabled.
     *
     * @param target the id of an agent, or the label of an active one
     * @param options what is asked for beside the text; only people send commands
     * @param key marks repetitions of this request, or null
     * @throws RefusedException {@code VALIDATION_FAILED} if the key was used for another target or body, then as {@link #resolve}, then as
     *     {@link PromptBody#of}, then {@code BODY_TOO_LARGE}, {@code SENDER_ROLE_NOT_PERMITTED} for a command of an agent, and
     *     {@code BODY_INVALID_CHARS} for a text that the client of the target would take for a command; then nothing is stored
     */
    public Sent send(Actor sender, String target, byte[] body, SendOptions options, @Nullable RequestKey key) {
        String request = key == null ? "" : requestSha256(target, body, options);
        if (key != null) {
            Optional<Sent> earlier = store.sentWith(key).map(message -> repeated(message, request));
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        AgentId targetId = resolve(target).id();
        PromptBody prompt = PromptBody.of(body);
        AtomicReference<@Nullable Order> begun = new AtomicReference<>();
        boolean isStored = false;
        try {
            Sent sent = store.write(writes -> {
                Optional<KeyedMessage> earlier = key == null ? Optional.empty() : writes.sentWith(key);
                return earlier.isPresent()
                        ? repeated(earlier.get(), request)
                        : insert(writes, sender, targetId, prompt, options, key, request, begun);
            });
            isStored = true;
            deliver(begun.get());
            return sent;
        } finally {
            @Nullable Order order = begun.get();
            if (!isStored && order != null) {
                delivery.drop(order);
            }
        }
    }

    private Sent insert(
            Writes writes,
            Actor sender,
            AgentId targetId,
            PromptBody body,
            SendOptions options,
            @Nullable RequestKey key,
            String request,
            AtomicReference<@Nullable Order> begun) {
        QueuedMessage message = composed(writes, sender, targetId, body, MessageSource.DIRECT, options);
        @Nullable Order order = delivery.beginAtOnce(writes, message, body);
        begun.set(order);
        Sent stored = insert(writes, order == null ? message : order.first(), body);
        if (key != null && stored.blockReason() != BlockReason.KILL_SWITCH_OFF) {
            writes.remember(
                    key,
                    new KeyedMessage(
                            stored.messageId(), stored.state(), stored.blockReason(), stored.targetId(), request));
        }
        return stored;
    }

    private void deliver(@Nullable Order begun) {
        if (begun == null) {
            announce();
        } else {
            delivery.type(begun);
            audit.request();
        }
    }

    /** Tells the delivery that messages were stored. */
    public void announce() {
        delivery.request();
        audit.request();
    }

    private static String requestSha256(String target, byte[] body, SendOptions options) {
        // Without options as it always was, because stored keys are compared with it.
        String asked = options.equals(SendOptions.NONE) ? "" : options + "\0";
        byte[] name = (target + "\0" + asked).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[name.length + body.length];
        System.arraycopy(name, 0, all, 0, name.length);
        System.arraycopy(body, 0, all, name.length, body.length);
        return Sha256.hex(all);
    }

    private static Sent repeated(KeyedMessage earlier, String request) {
        if (!earlier.requestSha256().equals(request)) {
            throw RefusedException.invalid("idempotency_key", "reused with another target or payload");
        }
        return new Sent(earlier.messageId(), earlier.state(), earlier.blockReason(), earlier.targetId(), true);
    }

    /**
     * Stores a message, like {@link #send}, within a transaction of the caller, who calls {@link #announce} after its commit.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND} if the target was removed, {@code BODY_TOO_LARGE}, or {@code BODY_INVALID_CHARS} for a text
     *     that the client of the target would take for a command; then nothing is stored
     */
    public Sent insert(Writes writes, Actor sender, AgentId targetId, PromptBody body, MessageSource source) {
        return insert(writes, composed(writes, sender, targetId, body, source, SendOptions.NONE), body);
    }

    private static Sent insert(Writes writes, QueuedMessage message, PromptBody body) {
        writes.insert(message, body);
        writes.audit(QueueAuditEntry.enqueued(message));
        return new Sent(
                message.messageId(),
                message.state(),
                message.progress().blockReason(),
                message.target().agentId(),
                false);
    }

    private QueuedMessage composed(
            Writes writes, Actor sender, AgentId targetId, PromptBody body, MessageSource source, SendOptions options) {
        Agent target = writes.agent(targetId)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.AGENT_NOT_FOUND,
                        "the agent " + targetId + " was removed",
                        Map.of("agent_id", targetId.value())));
        Participant receiver = Participant.of(target);
        String id = FreshIds.uuid(random);
        int size = Envelope.size(id, sender.participant(), receiver, body);
        requirePrompt(sender, target, body, options);
        BlockReason reason = PermissionGate.onSending(sender, target, writes);
        String now = nextStamp(writes.lastEnqueuedAt(targetId.value()));
        return new QueuedMessage(
                id,
                sender.participant(),
                receiver,
                target.pane().container(),
                target.pane().paneId(),
                body.sha256(),
                size,
                now,
                source,
                options,
                body.excerpt(),
                MessageProgress.enqueued(reason, now));
    }

    /** Commands reach past the hooks of a client, and can turn them off. */
    private static void requirePrompt(Actor sender, Agent target, PromptBody body, SendOptions options) {
        if (options.command() && !sender.id().equals(Actor.HOST_OPERATOR)) {
            throw new RefusedException(
                    ErrorCode.SENDER_ROLE_NOT_PERMITTED, "only a person on the host sends commands of clients");
        }
        if (!options.command() && target.capability().isClient() && body.isCommand()) {
            throw new RefusedException(
                    ErrorCode.BODY_INVALID_CHARS,
                    "the client takes a text that begins with / or ! for a command; begin with another word, or send it as a command");
        }
    }

    /** The current time; within one millisecond, and when the clock goes back, one after the latest stamp, because stamps order messages. */
    private String nextStamp(@Nullable String latest) {
        Instant now = clock.instant();
        String stamp = Timestamps.millis(now);
        if (latest == null || latest.compareTo(stamp) < 0) {
            return stamp;
        }
        try {
            Instant next = Instant.parse(latest).plusMillis(1);
            return next.isAfter(now.plus(NEXT_STAMP_LIMIT)) ? stamp : Timestamps.millis(next);
        } catch (DateTimeException writtenByOthers) {
            return stamp;
        }
    }
}
