package dev.agenttower.core.route;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventQuery;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.exclusion.SerialWork;
import dev.agenttower.core.failure.Faults;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.queue.PromptSending;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of events, as the enabled routes say: for each route in the order of the events, each event once.
 *
 * <p>The messages of up to {@value #BATCH} events, their audit entries and the cursor of the route are stored in one transaction, so that neither a failure nor the end of the daemon
 * can lose an event or route it twice. A route that cannot be worked on does not hold up the others, and is tried again; an event on which a route
 * fails {@value #MOST_FAILURES} times is skipped.
 *
 * <p>Events are routed when they are stored; those that other processes store are found within a second. Thread-safe; one run at a time, on the
 * timer.
 */
public final class RouteWorker implements AutoCloseable {
    /** The most events of a route in one cycle. */
    static final int BATCH = 100;

    /** The number of failures after which an event is skipped. */
    static final int MOST_FAILURES = 5;

    private static final Duration CYCLE = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(60);

    private final RouteStore store;
    private final EventStore events;
    private final AgentStore agents;
    private final PromptSending sending;
    private final Loops loops;
    private final RouteAudit audit;
    private final RouteActivity activity;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final SerialWork work;
    // Used by the work only.
    private final Map<String, Failures> failing = new HashMap<>();
    private final List<ScheduledFuture<?>> schedules = new ArrayList<>();
    private volatile boolean running;
    private volatile @Nullable String trouble;

    RouteWorker(
            RouteStore store,
            EventStore events,
            AgentStore agents,
            PromptSending sending,
            int maxHops,
            RouteAudit audit,
            RouteActivity activity,
            InstantSource clock,
            ScheduledExecutorService timer) {
        this.store = store;
        this.events = events;
        this.agents = agents;
        this.sending = sending;
        this.loops = new Loops(store, maxHops);
        this.audit = audit;
        this.activity = activity;
        this.clock = clock;
        this.timer = timer;
        this.work = new SerialWork(timer, this::cycle);
    }

    /** Starts to route. Closing the subscription is the same as {@link #close}. */
    public synchronized Subscription start() {
        running = true;
        schedules.add(timer.scheduleWithFixedDelay(work::request, 0, CYCLE.toMillis(), TimeUnit.MILLISECONDS));
        schedules.add(timer.scheduleWithFixedDelay(
                this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS));
        return this::close;
    }

    /** Routes soon, because events were stored. */
    public void request() {
        if (running) {
            work.request();
        }
    }

    /** Why some route waits at present, or null. */
    public @Nullable String trouble() {
        return trouble;
    }

    private void beat() {
        audit.heartbeat(activity.takeHeartbeat(), HEARTBEAT);
    }

    private void cycle() {
        if (!running) {
            return;
        }
        String failure = null;
        boolean isMore = false;
        try {
            for (Route route : store.behind()) {
                try {
                    isMore |= running && advance(route);
                } catch (StorageException e) {
                    // The other routes would only wait for the same database.
                    failure = e.getMessage();
                    break;
                } catch (RuntimeException bug) {
                    // One route must not stop the others, whatever is wrong with it.
                    Faults.show(bug);
                    failure =
                            "route " + route.id() + " failed: " + bug.getClass().getSimpleName();
                }
            }
        } catch (StorageException e) {
            failure = e.getMessage();
        }
        trouble = failure;
        activity.cycleEnded(now(), failure != null);
        if (isMore) {
            work.request();
        }
    }

    /** Works on the events behind the cursor of a route; returns whether there may be more than one batch. */
    private boolean advance(Route route) {
        EventType type = EventType.parse(route.definition().eventType()).orElse(null);
        if (type == null) {
            return false; // written by another program
        }
        List<Event> batch = events.following(new EventQuery(null, Set.of(type), null, null), route.cursor(), BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        List<Handled> handled = new ArrayList<>(batch.size());
        RuntimeException failure = decide(route, batch, handled);
        boolean goesOn = handled.isEmpty() || store(route, handled);
        if (failure != null) {
            throw failure;
        }
        return goesOn && batch.size() == BATCH;
    }

    /** Decides on events up to the first one that fails, whose failure is returned. */
    private @Nullable RuntimeException decide(Route route, List<Event> batch, List<Handled> handled) {
        Evaluation evaluation = new Evaluation(
                agents.list(AgentFilter.ALL).stream().map(AgentListing::agent).toList(), loops);
        for (Event event : batch) {
            try {
                handled.add(new Handled(event, evaluation.of(route.definition(), event)));
                failing.remove(route.id());
            } catch (StorageException e) {
                return e;
            } catch (RuntimeException bug) {
                Failures before = failing.get(route.id());
                int count = before == null || before.eventId != event.id() ? 1 : before.count + 1;
                failing.put(route.id(), new Failures(event.id(), count));
                if (count < MOST_FAILURES) {
                    return bug;
                }
                Faults.show(bug);
                handled.add(
                        new Handled(event, new Outcome.Skipped(SkipReason.TEMPLATE_RENDER_ERROR, null, null, null)));
            }
        }
        return null;
    }

    /** Stores what becomes of events, in one transaction; returns false if the route takes no events any more. */
    private boolean store(Route route, List<Handled> decided) {
        List<Handled> done = new ArrayList<>(decided.size());
        boolean goesOn = store.write(writes -> {
            Route now = writes.find(route.id()).filter(Route::enabled).orElse(null);
            if (now == null) {
                return false;
            }
            for (Handled each : decided) {
                if (each.event.id() > now.cursor()) {
                    done.add(new Handled(each.event, stored(writes, route, each)));
                }
            }
            writes.advance(route.id(), decided.get(decided.size() - 1).event.id(), now());
            return true;
        });
        account(route, done);
        return goesOn;
    }

    /** Stores the message of an event, unless there is one already; what the queue refuses is skipped. */
    private Outcome stored(RouteStore.Writes writes, Route route, Handled handled) {
        if (!(handled.outcome instanceof Outcome.Prompt prompt)) {
            return handled.outcome;
        }
        if (writes.hasMessage(route.id(), handled.event.id())) {
            return new Outcome.Ignored();
        }
        try {
            Agent master = writes.messages().agent(prompt.master().id()).orElse(prompt.master());
            sending.insert(
                    writes.messages(),
                    Actor.of(master),
                    prompt.target().id(),
                    prompt.body(),
                    MessageSource.route(route.id(), handled.event.id()));
            return prompt;
        } catch (RefusedException refusal) {
            return Evaluation.unsendable(refusal, prompt.master(), prompt.target());
        }
    }

    private void account(Route route, List<Handled> done) {
        List<AuditRecord> records = new ArrayList<>();
        for (Handled each : done) {
            if (each.outcome instanceof Outcome.Prompt prompt) {
                activity.matched(route.id());
                records.add(audit.matched(route, each.event, prompt.master(), prompt.target()));
            } else if (each.outcome instanceof Outcome.Skipped skip) {
                activity.skipped(route.id(), skip.reason(), now());
                records.add(audit.skipped(route, each.event, skip));
            }
        }
        if (records.isEmpty()) {
            return;
        }
        sending.announce();
        audit.append(records);
    }

    /** Begins no further batch of events, and waits for the one in work. Idempotent. */
    @Override
    public synchronized void close() {
        running = false;
        schedules.forEach(schedule -> schedule.cancel(false));
        schedules.clear();
        work.finish();
    }

    private String now() {
        return Timestamps.millis(clock.instant());
    }

    /** An event, and what the route makes of it. */
    private record Handled(Event event, Outcome outcome) {}

    private record Failures(long eventId, int count) {}
}
