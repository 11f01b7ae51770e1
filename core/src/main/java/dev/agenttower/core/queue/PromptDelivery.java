package dev.agenttower.core.queue;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.exclusion.SerialWork;
import dev.agenttower.core.failure.Faults;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.queue.MessageStore.Typed;
import dev.agenttower.core.queue.MessageStore.Writes;
import dev.agenttower.core.queue.QueueAuditEntry.Transition;
import dev.agenttower.core.queue.WaitingMessage.PaneAddress;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Delivers queued messages: one at a time to each pane, in the order in which they were sent, and to different panes in parallel.
 *
 * <p>The begin of an attempt is committed before anything is typed, and its result before the next message of the pane is begun. So a message whose
 * attempt was cut off is known after a restart, and {@link #recover} fails it instead of typing it twice. Results that could not be stored are kept
 * and stored later; until then their panes get no further message. A message that was held back keeps its pane waiting, since later messages must
 * not overtake it, but for those that were sent to be typed now. Messages that wait and were sent for a digest are typed as one prompt.
 *
 * <p>A new message to a pane for which nothing waits begins in the transaction that stores it, and is typed at once. Messages that wait, and those
 * that other processes store, are found within half a second. Thread-safe. One run at a time chooses waiting messages and stores results, on the
 * timer; the typing runs on its own executor.
 */
public final class PromptDelivery implements AutoCloseable {
    /** The most prompts that are typed at the same time. */
    public static final int MOST_AT_ONCE = 8;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_HELD = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofMillis(1500);

    private final MessageStore store;
    private final PromptTyper typer;
    private final TypingReadiness readiness;
    private final QueueAudit audit;
    private final EndOfWaits waits;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Executor typists;
    private final SerialWork work;
    private final Queue<Attempt> ended = new ConcurrentLinkedQueue<>();
    // Used by the work only, which runs once at a time.
    private final List<Attempt> unstored = new ArrayList<>();
    private final Map<String, Hold> held = new HashMap<>();
    /** The panes with an attempt that was begun and whose result is not stored. Panes are added within transactions only, one after another. */
    private final Set<PaneAddress> busy = ConcurrentHashMap.newKeySet();

    private final Semaphore typing = new Semaphore(MOST_AT_ONCE);
    private volatile @Nullable ScheduledFuture<?> polling;
    private volatile @Nullable String trouble;
    private volatile boolean closed;

    PromptDelivery(
            MessageStore store,
            PromptTyper typer,
            TypingReadiness readiness,
            QueueAudit audit,
            EndOfWaits waits,
            InstantSource clock,
            ScheduledExecutorService timer,
            Executor typists) {
        this.store = store;
        this.typer = typer;
        this.readiness = readiness;
        this.audit = audit;
        this.waits = waits;
        this.clock = clock;
        this.timer = timer;
        this.typists = typists;
        this.work = new SerialWork(timer, this::run);
    }

    /**
     * Fails the messages whose delivery was cut off by the end of an earlier daemon, and writes the waiting audit entries. Must be called before
     * {@link #start}.
     *
     * @throws StorageException if the store cannot be written; then nothing may be delivered
     */
    public void recover() {
        store.write(writes -> {
            String now = now();
            List<QueuedMessage> cut = writes.inFlight();
            for (QueuedMessage message : cut) {
                change(
                        writes,
                        message,
                        message.progress().failed(FailureReason.ATTEMPT_INTERRUPTED, now),
                        Transition.FAILED,
                        FailureReason.ATTEMPT_INTERRUPTED.wire());
            }
            writes.forgetKeys(PromptQueue.PANEL_SCOPE);
            return cut;
        });
        audit.drain();
    }

    /** Starts to deliver. Closing the subscription is the same as {@link #close}. */
    public Subscription start() {
        polling = timer.scheduleWithFixedDelay(work::request, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
        return this::close;
    }

    /** Whether messages are delivered. */
    public boolean isRunning() {
        return polling != null && !closed;
    }

    /** Why the store prevents deliveries at present, or null. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Looks for deliverable messages soon. */
    void request() {
        if (isRunning()) {
            work.request();
        }
    }

    /**
     * Begins the delivery of a new message within the transaction that stores it, if that may be its turn.
     *
     * @return the attempt, whose message must be stored as it is, and which must be passed to {@link #type} after the commit, or to {@link #drop}
     *     if that fails; null if the message has to wait
     */
    @Nullable Order beginAtOnce(Writes writes, QueuedMessage message, PromptBody body) {
        PaneAddress pane = new PaneAddress(message.targetContainer(), message.targetPaneId());
        boolean isItsTurn = isRunning()
                && message.progress().isWaiting()
                && busy.size() < MOST_AT_ONCE
                && !busy.contains(pane)
                && !writes.isWaitedFor(
                        pane.container(), pane.paneId(), message.options().isNow());
        TypingTarget target = isItsTurn
                ? writes.typingTarget(new AgentId(message.target().agentId())).orElse(null)
                : null;
        if (target == null) {
            return null;
        }
        busy.add(pane);
        return new Order(List.of(message.at(message.progress().stamped(message.enqueuedAt()))), target, body);
    }

    /** Gives up an attempt that was not stored. */
    void drop(Order order) {
        busy.remove(order.pane());
    }

    private void run() {
        try {
            for (Attempt attempt = ended.poll(); attempt != null; attempt = ended.poll()) {
                unstored.add(attempt);
            }
            List<WaitingMessage> next = closed ? List.of() : next();
            if (!unstored.isEmpty() || !next.isEmpty()) {
                storeAndBegin(next);
            }
            trouble = null;
        } catch (StorageException e) {
            // The next poll tries again; messages and results are kept.
            trouble = e.getMessage();
        }
    }

    /** The oldest waiting message of each pane that is neither busy nor held back for a moment; one to be typed now goes past those that are held. */
    private List<WaitingMessage> next() {
        Set<PaneAddress> taken = new HashSet<>(busy);
        unstored.stream().filter(attempt -> !attempt.isHeld()).forEach(attempt -> taken.remove(attempt.order.pane()));
        Instant now = clock.instant();
        List<WaitingMessage> next = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        Set<PaneAddress> closed = new HashSet<>();
        for (WaitingMessage message : store.heads()) {
            PaneAddress pane = message.pane();
            waiting.add(message.messageId());
            Hold hold = held.get(message.messageId());
            if (hold != null && !isOver(hold, now)) {
                if (message.now()) {
                    closed.add(pane);
                }
            } else if (taken.size() < MOST_AT_ONCE && !closed.contains(pane) && taken.add(pane)) {
                next.add(message);
            }
        }
        held.keySet().retainAll(waiting);
        return next;
    }

    /** An agent that is known not to be ready is not asked again in tmux and in the store. */
    private boolean isOver(Hold hold, Instant now) {
        return !now.isBefore(hold.until)
                && readiness.hold(hold.agent, hold.options).isEmpty();
    }

    /** Stores the results of ended attempts and the begin of new ones in one transaction, then types. */
    private void storeAndBegin(List<WaitingMessage> next) {
        List<Order> orders = new ArrayList<>(next.size());
        List<String> refused = new ArrayList<>(0);
        Set<PaneAddress> ending =
                unstored.stream().map(attempt -> attempt.order.pane()).collect(Collectors.toSet());
        Set<PaneAddress> taken = new HashSet<>();
        boolean isStored = false;
        try {
            store.write(writes -> {
                String now = now();
                unstored.forEach(attempt -> store(writes, attempt, now));
                for (WaitingMessage waiting : next) {
                    // A new message may have begun there meanwhile.
                    if (ending.contains(waiting.pane()) || (busy.size() < MOST_AT_ONCE && busy.add(waiting.pane()))) {
                        taken.add(waiting.pane());
                        begin(writes, waiting, now, orders, refused);
                    }
                }
                return orders;
            });
            isStored = true;
        } finally {
            if (!isStored) {
                taken.removeAll(ending);
                busy.removeAll(taken);
            }
        }
        audit.request();
        taken.addAll(ending);
        orders.forEach(order -> taken.remove(order.pane()));
        busy.removeAll(taken);
        Instant again = clock.instant().plus(RETRY_HELD);
        for (Attempt attempt : unstored) {
            QueuedMessage first = attempt.order.first();
            if (attempt.isHeld()) {
                held.put(first.messageId(), new Hold(again, attempt.order.agent(), first.options()));
            } else {
                held.remove(first.messageId());
                attempt.order.messages.forEach(message -> waits.ended(message.messageId()));
            }
        }
        unstored.clear();
        refused.forEach(waits::ended);
        orders.forEach(this::type);
        if (!refused.isEmpty()) {
            // A blocked or failed message does not hold back the next one of its pane.
            work.request();
        }
    }

    private static void store(Writes writes, Attempt attempt, String now) {
        attempt.order.messages.forEach(message -> store(writes, message, attempt, now));
    }

    /** Stores a result, unless another program has changed the message. */
    private static void store(Writes writes, QueuedMessage message, Attempt attempt, String now) {
        MessageProgress progress = message.progress();
        if (attempt.result instanceof TypingResult.Held hold) {
            writes.replace(message.messageId(), progress, progress.held(hold.reason(), now));
        } else if (attempt.result instanceof TypingResult.Failed failure) {
            change(
                    writes,
                    message,
                    progress.failed(failure.reason(), now),
                    Transition.FAILED,
                    failure.reason().wire());
        } else {
            change(writes, message, progress.delivered(now), Transition.DELIVERED, null);
        }
    }

    private static void begin(
            Writes writes, WaitingMessage waiting, String now, List<Order> orders, List<String> refused) {
        QueuedMessage message = writes.find(waiting.messageId()).orElse(null);
        if (message == null || !message.progress().isWaiting()) {
            return;
        }
        TypingTarget target =
                writes.typingTarget(new AgentId(message.target().agentId())).orElse(null);
        BlockReason reason = PermissionGate.onDelivery(message, target, writes);
        if (reason == BlockReason.KILL_SWITCH_OFF) {
            return; // It was disabled a moment ago; what is queued stays queued.
        }
        MessageProgress begun = message.progress().stamped(now);
        OptionalLong process = writes.paneProcess(message.messageId());
        if (reason != null || target == null) {
            BlockReason why = reason == null ? BlockReason.TARGET_PANE_MISSING : reason;
            change(writes, message, message.progress().blocked(why, now), Transition.BLOCKED, why.wire());
            refused.add(message.messageId());
        } else if (process.isPresent() && process.getAsLong() != target.panePid()) {
            // The message was meant for the program that ran there when it began to wait.
            FailureReason why = FailureReason.PANE_DISAPPEARED_MID_ATTEMPT;
            change(writes, message, begun.failed(why, now), Transition.FAILED, why.wire());
            refused.add(message.messageId());
        } else if (writes.replace(message.messageId(), message.progress(), begun)) {
            List<Typed> together = new ArrayList<>(1);
            together.add(new Typed(message.at(begun), writes.body(message.messageId())));
            if (message.options().digest()) {
                joinOthers(writes, target, now, together);
            }
            orders.add(new Order(together.stream().map(Typed::message).toList(), target, Digest.of(together)));
        }
    }

    /** Begins the messages that wait next to the first one, as long as they are for a digest, too, and nothing prevents their delivery. */
    private static void joinOthers(Writes writes, TypingTarget target, String now, List<Typed> together) {
        QueuedMessage first = together.get(0).message();
        int size = Digest.size(together.get(0).body());
        for (QueuedMessage next : writes.waiting(first.targetContainer(), first.targetPaneId(), Digest.MOST - 1)) {
            OptionalLong process = writes.paneProcess(next.messageId());
            boolean mayJoin = next.options().digest()
                    && next.target().agentId().equals(first.target().agentId())
                    && PermissionGate.onDelivery(next, target, writes) == null
                    && (process.isEmpty() || process.getAsLong() == target.panePid());
            PromptBody body = mayJoin ? writes.body(next.messageId()) : null;
            MessageProgress begun = next.progress().stamped(now);
            if (body == null
                    || size + Digest.size(body) > Digest.MOST_BYTES
                    || !writes.replace(next.messageId(), next.progress(), begun)) {
                break;
            }
            size += Digest.size(body);
            together.add(new Typed(next.at(begun), body));
        }
        writes.join(together.stream().map(each -> each.message().messageId()).toList());
    }

    private static void change(
            Writes writes, QueuedMessage message, MessageProgress next, Transition type, @Nullable String reason) {
        if (writes.replace(message.messageId(), message.progress(), next)) {
            writes.audit(QueueAuditEntry.of(type, message, next, reason, null));
        }
    }

    /** Types the prompt of an attempt whose begin is stored. */
    void type(Order order) {
        typing.acquireUninterruptibly(); // one for each busy pane, so none is waited for
        try {
            typists.execute(() -> {
                try {
                    TypingResult result = typed(order);
                    // Interrupted means that the daemon ends, and the result is unknown: the next start says so.
                    if (!Thread.currentThread().isInterrupted()) {
                        ended.add(new Attempt(order, result));
                    }
                } finally {
                    typed();
                }
            });
        } catch (RejectedExecutionException stopping) {
            typed();
        }
    }

    private void typed() {
        work.request();
        typing.release();
    }

    private TypingResult typed(Order order) {
        try {
            order.body.requireTypeable();
            HoldReason hold =
                    readiness.hold(order.agent(), order.first().options()).orElse(null);
            return hold != null
                    ? new TypingResult.Held(hold)
                    : typer.type(order.target, order.first().messageId(), order.body, readiness.joinsInput());
        } catch (RefusedException storedByOthers) {
            return new TypingResult.Failed(FailureReason.TMUX_PASTE_FAILED);
        } catch (RuntimeException bug) {
            // The outermost frame of a typist: the message must get a result, and the fault must be reported.
            Faults.show(bug);
            return new TypingResult.Failed(FailureReason.TMUX_PASTE_FAILED);
        }
    }

    /**
     * Begins no further delivery, and waits at most one and a half seconds for those that have begun. Idempotent. An interrupt ends the wait.
     */
    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> polls = polling;
        if (polls != null) {
            polls.cancel(false);
        }
        try {
            if (typing.tryAcquire(MOST_AT_ONCE, CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                typing.release(MOST_AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        work.finish();
    }

    private String now() {
        return Timestamps.millis(clock.instant());
    }

    /**
     * A prompt to type.
     *
     * @param messages with their attempt begun; several of a digest
     */
    record Order(List<QueuedMessage> messages, TypingTarget target, PromptBody body) {
        /** The message whose id stands for the prompt. */
        QueuedMessage first() {
            return messages.get(0);
        }

        PaneAddress pane() {
            return new PaneAddress(first().targetContainer(), first().targetPaneId());
        }

        AgentId agent() {
            return new AgentId(first().target().agentId());
        }
    }

    /** A message that is left alone until a time, and as long as its agent is not ready. */
    private record Hold(Instant until, AgentId agent, SendOptions options) {}

    private record Attempt(Order order, TypingResult result) {
        boolean isHeld() {
            return result instanceof TypingResult.Held;
        }
    }
}
