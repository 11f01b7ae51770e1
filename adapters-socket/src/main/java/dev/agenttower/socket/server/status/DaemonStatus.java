package dev.agenttower.socket.server.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the daemon's workers are at one moment. Time stamps are text, UTC with six digits of fraction.
 */
public record DaemonStatus(
        EventsReader eventsReader, EventsPersistence eventsPersistence, Routing routing, QueueAudit queueAudit) {

    /**
     * The reading of logs.
     *
     * @param lastCycleStartedAt null before the first cycle
     * @param lastCycleDurationMs likewise
     */
    public record EventsReader(
            boolean running,
            @Nullable String lastCycleStartedAt,
            @Nullable Long lastCycleDurationMs,
            long activeAttachments,
            List<FailingAttachment> attachmentsInFailure) {
        /** Copies the list. */
        public EventsReader {
            attachmentsInFailure = List.copyOf(attachmentsInFailure);
        }

        /** A reader that does not run. */
        public static EventsReader idle() {
            return new EventsReader(false, null, null, 0, List.of());
        }
    }

    /** A log that cannot be read at present. */
    public record FailingAttachment(String attachmentId, String agentId, String errorClass, String since) {}

    /**
     * The storing of events; null is well.
     *
     * @param degradedSqlite since when, and which events wait for the database
     * @param degradedJsonl since when, and how many events wait for the audit trail
     */
    public record EventsPersistence(
            @Nullable DegradedSqlite degradedSqlite,
            @Nullable DegradedJsonl degradedJsonl) {
        /** Storing that is well. */
        public static EventsPersistence well() {
            return new EventsPersistence(null, null);
        }
    }

    /** Events that wait for the database. */
    public record DegradedSqlite(String since, List<BufferedAttachment> bufferedAttachments) {
        /** Copies the list. */
        public DegradedSqlite {
            bufferedAttachments = List.copyOf(bufferedAttachments);
        }
    }

    /** Events of one log that wait for the database. */
    public record BufferedAttachment(String attachmentId, String agentId, long bufferedCount, String lastErrorClass) {}

    /** Events that wait for the audit trail. */
    public record DegradedJsonl(String since, long pendingEventCount, String lastErrorClass) {}

    /**
     * Routing.
     *
     * @param value {@code enabled} or {@code disabled}; null if it cannot be read
     * @param skipsByReason only reasons that occurred
     * @param mostStalledRoute the enabled route that is furthest behind, or null
     */
    public record Routing(
            @Nullable String value,
            @Nullable String lastUpdatedAt,
            @Nullable String lastUpdatedBy,
            long routesTotal,
            long routesEnabled,
            long routesDisabled,
            @Nullable String lastRoutingCycleAt,
            long eventsConsumedTotal,
            Map<String, Long> skipsByReason,
            @Nullable StalledRoute mostStalledRoute,
            boolean routingWorkerDegraded,
            boolean degradedRoutingAuditPersistence) {
        /** Copies the reasons, keeping their order. */
        public Routing {
            skipsByReason = Collections.unmodifiableMap(new LinkedHashMap<>(skipsByReason));
        }
    }

    /** A route that is behind by so many events. */
    public record StalledRoute(String routeId, long lag) {}

    /**
     * The audit of the queue.
     *
     * @param lastFailure the class of the last failure, or null
     */
    public record QueueAudit(
            boolean degraded, long pendingRows, @Nullable String lastFailure) {
        /** An audit that is well. */
        public static QueueAudit well() {
            return new QueueAudit(false, 0, null);
        }
    }
}
