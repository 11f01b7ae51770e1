package dev.agenttower.core.queue;

import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditLog;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * The use cases of the prompt queue. Thread-safe.
 *
 * @param sending stores messages
 * @param listing reads messages
 * @param decisions approves, delays and cancels messages
 * @param routing the kill switch
 * @param delivery types messages into panes; must be started
 * @param audit writes transitions to the audit trail
 * @param waits tells when messages have reached their end
 * @param receipts notes which messages were read and answered
 * @param receiptWatch marks those that should have been read; must be started
 */
public record PromptQueue(
        PromptSending sending,
        MessageListing listing,
        MessageDecisions decisions,
        RoutingControl routing,
        PromptDelivery delivery,
        QueueAudit audit,
        EndOfWaits waits,
        Receipts receipts,
        ReceiptWatch receiptWatch) {
    /** The beginning of the scopes of keys that belong to sessions of control panels, which end with the daemon. */
    public static final String PANEL_SCOPE = "panel:";

    /**
     * Builds the queue from its ports.
     *
     * @param readiness whether an agent can be typed to
     * @param receiptWatch of the same store
     * @param log the audit trail; must not keep records that it could not write, because the store keeps them
     * @param random the source of ids
     * @param timer chooses messages and writes the audit, on at least two threads
     * @param typists types prompts, up to {@link PromptDelivery#MOST_AT_ONCE} at the same time
     */
    public static PromptQueue create(
            MessageStore store,
            AgentStore agents,
            PromptTyper typer,
            TypingReadiness readiness,
            ReceiptWatch receiptWatch,
            AuditLog log,
            InstantSource clock,
            RandomGenerator random,
            ScheduledExecutorService timer,
            Executor typists) {
        EndOfWaits waits = new EndOfWaits();
        QueueAudit audit = new QueueAudit(store, log, timer);
        PromptDelivery delivery = new PromptDelivery(store, typer, readiness, audit, waits, clock, timer, typists);
        Runnable changed = () -> {
            delivery.request();
            audit.request();
        };
        PromptSending sending = new PromptSending(store, agents, clock, random, delivery, audit);
        return new PromptQueue(
                sending,
                new MessageListing(store, sending),
                new MessageDecisions(store, clock, waits, changed),
                new RoutingControl(store, clock, changed),
                delivery,
                audit,
                waits,
                new Receipts(store, clock, new EndOfWaits(), receiptWatch),
                receiptWatch);
    }
}
