package dev.agenttower.jsonl;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.health.SubsystemState.Status;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit log that keeps records which another log could not write, and writes them later, in order and with their original stamps: before
 * the next record, and every five seconds while records wait. {@link #append} still throws, so that the caller can report the delay; the
 * caller must not append the record again.
 *
 * <p>At most {@code capacity} records wait, in memory; a newer record replaces the oldest. A record whose write failed at its very end may
 * be written twice. A warning is logged at most once a minute. Thread-safe: records are written one after another.
 */
public final class RetryingAuditLog implements AuditLog, AutoCloseable {
    /** The default maximum of waiting records. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(RetryingAuditLog.class);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(5);
    private static final Duration WARNING_PERIOD = Duration.ofSeconds(60);

    private final AuditLog target;
    private final SubsystemProbe targetProbe;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final int capacity;
    private final Deque<AuditRecord> pending = new ArrayDeque<>();
    private @Nullable Instant lastWarning;
    private @Nullable ScheduledFuture<?> scheduledRetry;
    private long dropped;
    // For the probe, which must not wait for a write in progress.
    private volatile Backlog backlog = new Backlog(0, 0);

    /**
     * Wraps a log.
     *
     * @param clock stamps the records
     * @param executor runs the retries; owned by the caller
     */
    public RetryingAuditLog(JsonlAuditLog target, InstantSource clock, ScheduledExecutorService executor) {
        this(target, target.probe(), clock, executor, DEFAULT_CAPACITY);
    }

    /**
     * Wraps any log.
     *
     * @param targetProbe probes {@code target}
     * @param clock stamps the records
     * @param executor runs the retries; owned by the caller
     * @param capacity the maximum number of waiting records, at least 1
     */
    public RetryingAuditLog(
            AuditLog target,
            SubsystemProbe targetProbe,
            InstantSource clock,
            ScheduledExecutorService executor,
            int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 1");
        }
        this.target = requireNonNull(target, "target");
        this.targetProbe = requireNonNull(targetProbe, "targetProbe");
        this.clock = requireNonNull(clock, "clock");
        this.executor = requireNonNull(executor, "executor");
        this.capacity = capacity;
    }

    @Override
    public void append(AuditRecord record) {
        appendAll(List.of(record));
    }

    @Override
    public synchronized void appendAll(List<AuditRecord> records) {
        List<AuditRecord> stamped = records.stream().map(this::stamped).toList();
        try {
            writePending();
            target.appendAll(stamped);
        } catch (AuditUnavailableException failure) {
            stamped.forEach(this::keep);
            warn(failure);
            scheduleRetry();
            throw failure;
        }
    }

    /** Writes the waiting records, as far as possible. */
    public synchronized void retry() {
        try {
            writePending();
        } catch (AuditUnavailableException failure) {
            warn(failure);
            scheduleRetry();
        }
    }

    /** Like the target's probe, but degraded while records wait. Does not wait for a write in progress. */
    public SubsystemProbe probe() {
        return () -> {
            SubsystemState state = targetProbe.probe();
            Backlog seen = backlog;
            if (state.status() != Status.OK || seen.waiting == 0) {
                return state;
            }
            return SubsystemState.degraded(Subsystem.JSONL, seen.describe());
        };
    }

    /** Whether records wait to be written. Does not wait for a write in progress. */
    public boolean isLate() {
        return backlog.waiting > 0;
    }

    /** Tries once more to write the waiting records; records that still wait are lost, which is logged. Idempotent. */
    @Override
    public synchronized void close() {
        ScheduledFuture<?> retry = scheduledRetry;
        if (retry != null) {
            retry.cancel(false);
        }
        try {
            writePending();
        } catch (AuditUnavailableException failure) {
            LOG.error("{} and are lost: {}", backlog.describe(), failure.getMessage());
        }
    }

    private AuditRecord stamped(AuditRecord record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ts", Timestamps.micros(clock.instant()));
        fields.putAll(record.fields());
        return new AuditRecord(fields);
    }

    private void writePending() {
        int late = 0;
        while (!pending.isEmpty()) {
            target.append(pending.getFirst());
            pending.removeFirst();
            late++;
            publish();
        }
        if (late > 0) {
            LOG.info("audit trail is written again: {} records came late, {} were dropped", late, dropped);
            dropped = 0;
            publish();
        }
    }

    private void keep(AuditRecord record) {
        if (pending.size() == capacity) {
            pending.removeFirst();
            dropped++;
        }
        pending.addLast(record);
        publish();
    }

    private void publish() {
        backlog = new Backlog(pending.size(), dropped);
    }

    private void warn(AuditUnavailableException failure) {
        Instant now = clock.instant();
        Instant last = lastWarning;
        if (last == null || !now.isBefore(last.plus(WARNING_PERIOD))) {
            lastWarning = now;
            LOG.warn("{}: {}", backlog.describe(), failure.getMessage());
        }
    }

    private void scheduleRetry() {
        if (scheduledRetry != null) {
            return;
        }
        try {
            scheduledRetry = executor.schedule(this::retryOnTimer, RETRY_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("no retry is scheduled any more; the last one is made on closing", stopping);
        }
    }

    private synchronized void retryOnTimer() {
        scheduledRetry = null;
        retry();
    }

    private record Backlog(int waiting, long dropped) {
        private String describe() {
            String waits = waiting == 1 ? "1 audit record waits" : waiting + " audit records wait";
            return waits + " to be written" + (dropped == 0 ? "" : ", " + dropped + " older ones were dropped");
        }
    }
}
