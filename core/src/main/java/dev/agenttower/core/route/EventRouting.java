package dev.agenttower.core.route;

import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.event.EventStore;
import dev.agenttower.core.queue.PromptSending;
import dev.agenttower.core.settings.RoutingSettings;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The use cases of routes. Thread-safe.
 *
 * @param routes adds, lists, enables, disables and removes routes
 * @param worker makes messages of events; must be started, and told of stored events
 */
public record EventRouting(Routes routes, RouteWorker worker) {
    /**
     * Builds the use cases from their ports.
     *
     * @param routes must read the same rows as the other stores
     * @param sending stores the messages
     * @param log the audit trail; must keep records that it could not write
     * @param random the source of ids
     * @param ticker real time, in nanoseconds from any origin
     * @param timer runs the worker
     */
    public static EventRouting create(
            RouteStore routes,
            EventStore events,
            AgentStore agents,
            PromptSending sending,
            RoutingSettings settings,
            AuditLog log,
            InstantSource clock,
            RandomGenerator random,
            LongSupplier ticker,
            ScheduledExecutorService timer) {
        RouteActivity activity = new RouteActivity(ticker);
        RouteAudit audit = new RouteAudit(log, clock);
        RouteWorker worker =
                new RouteWorker(routes, events, agents, sending, settings.maxHops(), audit, activity, clock, timer);
        return new EventRouting(new Routes(routes, audit, activity, clock, random, worker::request), worker);
    }
}
