package dev.agenttower.core.queue;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.exclusion.SerialWork;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.queue.MessageStore.UnwrittenAudit;
import dev.agenttower.core.queue.QueueAuditEntry.Transition;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends the audit entries of the queue to the audit trail, in the order of their transitions. The store keeps each entry until it is written, so
 * that none is lost when the trail cannot be written or the daemon ends; an entry that was written just before the end may be written again.
 * Thread-safe.
 */
public final class QueueAudit {
    private static final int BATCH = 256;
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final MessageStore store;
    private final AuditLog log;
    private final ScheduledExecutorService timer;
    private final SerialWork work;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final ReentrantLock draining = new ReentrantLock();
    private long writtenUpTo = -1;
    private volatile @Nullable String failure;

    QueueAudit(MessageStore store, AuditLog log, ScheduledExecutorService timer) {
        this.store = store;
        this.log = log;
        this.timer = timer;
        this.work = new SerialWork(timer, this::drain);
    }

    /** Writes the waiting entries soon: in a moment, so that they are written together and the delivery of the prompt comes first. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            after(DELAY);
        }
    }

    private void after(Duration delay) {
        try {
            var unused = timer.schedule(this::work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            // The store keeps the entries for the next start.
            requested.set(false);
        }
    }

    private void work() {
        requested.set(false);
        work.request();
    }

    /** Writes the waiting entries, until one cannot be written; then tries again after a second. */
    void drain() {
        draining.lock();
        try {
            List<UnwrittenAudit> entries;
            do {
                entries = store.unwrittenAudits(BATCH);
                write(entries);
            } while (entries.size() == BATCH);
            failure = null;
        } catch (AuditUnavailableException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failure = cause.getClass().getSimpleName();
            after(RETRY);
        } catch (StorageException e) {
            after(RETRY);
        } finally {
            draining.unlock();
        }
    }

    private void write(List<UnwrittenAudit> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<AuditRecord> records = new ArrayList<>(entries.size());
        for (UnwrittenAudit entry : entries) {
            // What was appended but could not be marked in the store must not be appended again.
            AuditRecord record = entry.eventId() > writtenUpTo ? record(entry) : null;
            if (record != null) {
                records.add(record);
            }
        }
        if (!records.isEmpty()) {
            log.appendAll(records);
        }
        writtenUpTo = Math.max(writtenUpTo, entries.get(entries.size() - 1).eventId());
        List<Long> written = entries.stream().map(UnwrittenAudit::eventId).toList();
        store.write(writes -> {
            writes.written(written);
            return written;
        });
    }

    /** Whether entries wait for the audit trail to be writable, and why. */
    public State state() {
        String reason = failure;
        return reason == null ? new State(false, 0, null) : new State(true, store.unwrittenAudits(), reason);
    }

    /** The line of an entry; null if its event or its message was deleted. */
    private static @Nullable AuditRecord record(UnwrittenAudit unwritten) {
        QueueAuditEntry entry = unwritten.entry();
        if (entry == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("schema_version", 1);
        fields.put("event_type", entry.type().wire());
        if (entry.type() == Transition.TOGGLED) {
            fields.put("previous_value", entry.from());
            fields.put("current_value", entry.to());
            fields.put("observed_at", entry.observedAt());
            fields.put("operator", entry.operator());
            return new AuditRecord(fields);
        }
        QueuedMessage message = unwritten.message();
        if (message == null) {
            return null;
        }
        fields.put("message_id", entry.messageId());
        fields.put("from_state", entry.from());
        fields.put("to_state", entry.to());
        fields.put("reason", entry.reason());
        fields.put("operator", entry.operator());
        fields.put("observed_at", entry.observedAt());
        fields.put("sender", fields(message.sender()));
        Map<String, @Nullable Object> target = fields(message.target());
        if (entry.type() == Transition.ENQUEUED) {
            target.put("container_id", message.targetContainer().value());
            target.put("pane_id", message.targetPaneId());
        }
        fields.put("target", target);
        fields.put("excerpt", entry.excerpt());
        return new AuditRecord(fields);
    }

    private static Map<String, @Nullable Object> fields(Participant participant) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("agent_id", participant.agentId());
        fields.put("label", participant.label());
        fields.put("role", participant.role());
        fields.put("capability", participant.capability());
        return fields;
    }

    /**
     * The state of the audit.
     *
     * @param pending the number of entries that wait
     * @param failure the class of the failure that prevents writing, or null
     */
    public record State(
            boolean degraded, long pending, @Nullable String failure) {}
}
