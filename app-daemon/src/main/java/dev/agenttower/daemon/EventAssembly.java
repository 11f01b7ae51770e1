package dev.agenttower.daemon;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.StateEvents;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.event.EventClassifier;
import dev.agenttower.core.event.EventFollowing;
import dev.agenttower.core.event.EventReader;
import dev.agenttower.core.event.EventRule;
import dev.agenttower.core.event.EventWorker;
import dev.agenttower.core.event.Events;
import dev.agenttower.core.event.ReaderStatus;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.LogRotation;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.LogSettings;
import dev.agenttower.daemon.lifecycle.Lifecycle;
import dev.agenttower.daemon.world.OutsideWorld;
import dev.agenttower.jsonl.JsonlAuditLog;
import dev.agenttower.jsonl.JsonlEventTrail;
import dev.agenttower.sqlite.SqliteStores;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the reader of logs and what clients see of events. The {@link Lifecycle} owns its threads. */
final class EventAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(EventAssembly.class);
    private static final int FOLLOW_LOOKS = 4;
    private static final int ARCHIVES = 1000;
    private static final int STATE_EVENTS = 1000;
    private static final double NANOS = 1e9;

    private final Events events;
    private final EventWorker worker;
    private final StateEvents stateEvents;

    /**
     * Builds the parts; nothing runs yet.
     *
     * @param trailFile the file of the audit trail, for the events
     * @param audit the audit trail, for changes of attachments
     * @param uid the daemon's user
     * @param onExchanged receives the agents whose logs were exchanged for other files
     * @param onPrinted receives what the panes of agents print, see {@link EventReader.Listener#printed}
     */
    EventAssembly(
            Lifecycle lifecycle,
            SqliteStores stores,
            JsonlAuditLog trailFile,
            AuditLog audit,
            EventSettings settings,
            List<EventRule> ownRules,
            LogSettings logSettings,
            OutsideWorld world,
            LifecycleLog log,
            long uid,
            Consumer<AgentId> onExchanged,
            BiConsumer<AgentId, ByteBuffer> onPrinted) {
        SecureRandom random = new SecureRandom();
        EventClassifier classifier = new EventClassifier(settings, ownRules);
        EventFollowing following = new EventFollowing(
                stores.events(),
                settings,
                System::nanoTime,
                random,
                Workers.pool(lifecycle, "event-follow", 1, FOLLOW_LOOKS));
        events = new Events(stores.events(), following, classifier);
        stateEvents = new StateEvents(
                stores.events(),
                following::stored,
                world.clock(),
                Workers.pool(lifecycle, "state-events", 1, STATE_EVENTS),
                failure -> LOG.error("an event of the state of an agent was lost", failure));
        EventReader reader = new EventReader(
                stores.attachedLogs(),
                stores.events(),
                world.logReads(),
                new JsonlEventTrail(trailFile),
                classifier,
                audit,
                log,
                settings,
                world.readerClock(),
                random,
                uid,
                new LogRotation(
                        world.logArchive(), logSettings, Workers.pool(lifecycle, "log-archive", 1, ARCHIVES), log),
                listener(following, onExchanged, onPrinted));
        worker = lifecycle.own(new EventWorker(
                reader,
                world.logNotices(),
                Duration.ofNanos((long) Math.min(settings.readerCycleWallclockCapSeconds() * NANOS, Long.MAX_VALUE)),
                System::nanoTime,
                EventAssembly::thread,
                failure -> LOG.error("a cycle of the reader of logs failed", failure)));
    }

    private static EventReader.Listener listener(
            EventFollowing following, Consumer<AgentId> onExchanged, BiConsumer<AgentId, ByteBuffer> onPrinted) {
        return new EventReader.Listener() {
            @Override
            public void stored() {
                following.stored();
            }

            @Override
            public void printed(AgentId agent, ByteBuffer output) {
                onPrinted.accept(agent, output);
            }

            @Override
            public void exchanged(AgentId agent) {
                onExchanged.accept(agent);
            }
        };
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "event-reader");
        thread.setDaemon(true);
        return thread;
    }

    /** Makes events of the changes of states, on a thread of its own; those beyond a thousand that wait are dropped. */
    void follow(AgentStates states) {
        states.onChanged(stateEvents);
    }

    /** What clients see. */
    Events events() {
        return events;
    }

    /** The state of the reader. */
    ReaderStatus status() {
        return worker.status();
    }

    /** Starts to read. */
    void start() {
        worker.start();
    }
}
