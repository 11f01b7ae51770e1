package dev.agenttower.socket.server.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of the daemon's workers at one moment. Time stamps are text, UTC with six fractional digits.
 */
public record DaemonStatus(
        EventsReader eventsReader, EventsPersistence eventsPersistence, Routing routing, QueueAudit queueAudit) {

    /**
     * The state of the log reader.
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

    /** A log that is currently unreadable. */
    public record FailingAttachment(String attachmentId, String agentId, String errorClass, String since) {}

    /**
     * The state of event storage; null means healthy.
     *
     * @param degradedSqlite the events that wait for the database, and since when
     * @param degradedJsonl the number of events that wait for the audit trail, and since when
     */
    public record EventsPersistence(
            @Nullable DegradedSqlite degradedSqlite,
            @Nullable DegradedJsonl degradedJsonl) {
        /** Healthy storage. */
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
     * The state of routing.
     *
     * @param value {@code enabled} or {@code disabled}; null if unreadable
     * @param skipsByReason the number of skips for each reason that occurred
     * @param mostStalledRoute the enabled route with the largest lag, or null
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

    /** A route with the number of events that it is behind. */
    public record StalledRoute(String routeId, long lag) {}

    /**
     * The state of the queue's audit.
     *
     * @param lastFailure the class of the last failure, or null
     */
    public record QueueAudit(
            boolean degraded, long pendingRows, @Nullable String lastFailure) {
        /** A healthy audit. */
        public static QueueAudit well() {
            return new QueueAudit(false, 0, null);
        }
    }
}
