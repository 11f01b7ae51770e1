package dev.agenttower.core.queue;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Marks typed messages whose receipt is missing: the hooks of the agent were heard before the message was typed, none has shown it for a minute,
 * and the agent has been in no turn for as long, since clients show what is typed into a turn when that ends. Nothing is typed again. Thread-safe.
 */
public final class ReceiptWatch {
    /** After how long a receipt is missing. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How far back messages are looked for. */
    private static final Duration HORIZON = Duration.ofDays(1);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final MessageStore store;
    private final Function<AgentId, AgentStatus> states;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Listener listener;
    private final Map<AgentId, Instant> heardSince = new ConcurrentHashMap<>();

    /**
     * Looks for nothing yet.
     *
     * @param states what agents do
     * @param timer looks every few seconds
     */
    public ReceiptWatch(
            MessageStore store,
            Function<AgentId, AgentStatus> states,
            InstantSource clock,
            ScheduledExecutorService timer,
            Listener listener) {
        this.store = store;
        this.states = states;
        this.clock = clock;
        this.timer = timer;
        this.listener = listener;
    }

    /** Receives messages whose receipt is missing. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A message was marked.
         *
         * @param at UTC with three digits of fraction
         */
        void missed(QueuedMessage message, String at);
    }

    /** Looks every few seconds from now on, until the subscription is closed. */
    public Subscription start() {
        ScheduledFuture<?> looking =
                timer.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return () -> looking.cancel(false);
    }

    /** Notes that a hook of an agent was heard. */
    void heard(AgentId agent) {
        heardSince.putIfAbsent(agent, clock.instant());
    }

    private void look() {
        if (heardSince.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        String at = Timestamps.millis(now);
        List<QueuedMessage> marked = new ArrayList<>();
        try {
            List<QueuedMessage> late = store
                    .unreceived(
                            heardSince.keySet(),
                            Timestamps.millis(now.minus(HORIZON)),
                            Timestamps.millis(now.minus(PATIENCE)))
                    .stream()
                    .filter(message -> isMissing(message, now))
                    .toList();
            if (!late.isEmpty()) {
                store.write(writes -> late.stream()
                                .filter(message -> writes.missed(message.messageId(), at))
                                .toList())
                        .forEach(marked::add);
            }
        } catch (StorageException nextLookTriesAgain) {
            return;
        }
        marked.forEach(message -> listener.missed(message, at));
    }

    private boolean isMissing(QueuedMessage message, Instant now) {
        AgentId agent = new AgentId(message.target().agentId());
        Instant heard = heardSince.get(agent);
        String typed = String.valueOf(message.progress().deliveredAt());
        AgentStatus status = states.apply(agent);
        Instant since = status.since();
        return heard != null
                && Timestamps.millis(heard).compareTo(typed) <= 0
                && !isInTurn(status.state())
                && (since == null || !now.isBefore(since.plus(PATIENCE)));
    }

    private static boolean isInTurn(AgentState state) {
        return switch (state) {
            case WORKING, WAITING_PERMISSION, WAITING_INPUT -> true;
            case STARTING, IDLE, ERROR, STUCK, ENDED, UNKNOWN -> false;
        };
    }
}
