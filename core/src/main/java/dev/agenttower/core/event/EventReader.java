package dev.agenttower.core.event;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.event.ReaderClock.Moment;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.LogRotation;
import dev.agenttower.core.log.UnreadableLogException;
import dev.agenttower.core.settings.EventSettings;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attached logs, classifies their records, and stores events together with the offset, so that every byte is read once: after a
 * crash, too. Several logs take turns, one chunk each. Used by one thread, except {@link #status()}.
 */
public final class EventReader {
    /** What one transaction stores of a log for which no other waits, or a chunk if that is more. */
    private static final int ALONE_BYTES = 1 << 20;

    private static final int ID_BYTES = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AttachedLogs logs;
    private final LogReads files;
    private final EventClassifier classifier;
    private final AuditLog audit;
    private final LifecycleLog lifecycle;
    private final EventSettings settings;
    private final ReaderClock clock;
    private final RandomGenerator random;
    private final long daemonUid;
    private final LogRotation rotation;
    private final Listener listener;
    private final int chunksAlone;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private final ReaderTroubles troubles = new ReaderTroubles();
    private final EventAppends appends;
    private final Map<String, LogVisit> visits = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Set<String> returned = new HashSet<>();
    private final Set<String> unfinished = new HashSet<>();
    private List<AttachedLog> known = List.of();
    private volatile ReaderStatus status = ReaderStatus.IDLE;

    /**
     * Builds a reader.
     *
     * @param random generates ids; must be cryptographically strong
     * @param daemonUid the user that audit records name
     * @param rotation is told how far logs were read
     * @param listener is told of events and of exchanged files
     */
    public EventReader(
            AttachedLogs logs,
            EventStore store,
            LogReads files,
            EventTrail trail,
            EventClassifier classifier,
            AuditLog audit,
            LifecycleLog lifecycle,
            EventSettings settings,
            ReaderClock clock,
            RandomGenerator random,
            long daemonUid,
            LogRotation rotation,
            Listener listener) {
        this.logs = logs;
        this.files = files;
        this.classifier = classifier;
        this.audit = audit;
        this.lifecycle = lifecycle;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.daemonUid = daemonUid;
        this.rotation = rotation;
        this.listener = listener;
        this.chunksAlone = Math.max(1, ALONE_BYTES / settings.perCycleByteCapBytes());
        this.appends = new EventAppends(store, trail, troubles);
    }

    /** The state after the last cycle. */
    public ReaderStatus status() {
        return status;
    }

    /** The paths of the logs, as of the last whole cycle. */
    Collection<String> paths() {
        return known.stream().map(AttachedLog::path).toList();
    }

    /** Whether logs have more to read at once. */
    boolean isBehind() {
        return !unfinished.isEmpty();
    }

    /**
     * One whole cycle: looks at every log, reads what is new, tells of panes that are gone and of silence, closes windows, and appends what
     * the audit trail lacks.
     *
     * @throws StorageException if the logs cannot be listed
     */
    public void cycle() {
        Moment now = clock.now();
        try {
            List<AttachedLog> listed = logs.list();
            forgetOthers(listed);
            List<AttachedLog> attended = new ArrayList<>(listed);
            for (int i = 0; i < listed.size(); i++) {
                int at = i;
                AttachedLog log = listed.get(i);
                visit(log).meet(log, now);
                guarded(log, now, () -> attended.set(at, attend(log, now)));
            }
            known = List.copyOf(attended);
            read(log -> true, now);
            appends.retry(now.text());
        } finally {
            publish(now.text(), (clock.ticker().getAsLong() - now.nanos()) / NANOS_PER_MILLI);
        }
    }

    /** Reads the logs at these paths, and those that are behind, without judging whether their files were exchanged. */
    public void cycle(Set<String> changed) {
        Moment now = clock.now();
        known = logs.list();
        read(log -> changed.contains(log.path()) || unfinished.contains(log.attachmentId()), now);
        publish(status.lastCycleStartedAt(), status.lastCycleMillis());
    }

    /** Stores the open windows, before the reader ends. */
    public void finish() {
        Moment now = clock.now();
        for (AttachedLog log : logs.list()) {
            LogVisit visit = visit(log);
            visit.meet(log, now);
            if (visit.hasWindow()) {
                guarded(log, now, () -> closeWindow(log, visit, null, now));
            }
        }
        appends.retry(now.text());
    }

    private LogVisit visit(AttachedLog log) {
        return visits.computeIfAbsent(
                log.attachmentId(), id -> new LogVisit(classifier, files, settings, this::buffer, this::windowId));
    }

    /** One buffer for all logs, unless a chunk is larger; a new one for each read would cost more in garbage collection than the reading. */
    private ByteBuffer buffer(int size) {
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocate(Math.max(size, LogVisit.CONTEXT + ALONE_BYTES));
        }
        return buffer.clear().limit(size);
    }

    private String windowId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void forgetOthers(List<AttachedLog> listed) {
        Set<String> present = listed.stream().map(AttachedLog::attachmentId).collect(Collectors.toSet());
        visits.keySet().retainAll(present);
        missing.retainAll(present);
        returned.retainAll(present);
        unfinished.retainAll(present);
        troubles.keep(present);
    }

    private void publish(@Nullable String startedAt, @Nullable Long millis) {
        long active = known.stream().filter(AttachedLog::isActive).count();
        status = new ReaderStatus(
                true, startedAt, millis, active, troubles.failing(), troubles.database(), troubles.trail());
    }

    /** Does what is due by time, and judges the file; the log as it is after that. */
    private AttachedLog attend(AttachedLog log, Moment now) throws UnreadableLogException {
        LogVisit visit = visit(log);
        ReadOffset offset = log.offset();
        visit.dueEvent(log, now)
                .ifPresent(event -> store(new LogCommit(log, List.of(event), null, null, null, null), now));
        if (!log.isActive()) {
            if (visit.hasWindow()) {
                closeWindow(log, visit, null, now);
            }
            troubles.read(log);
            lookForReturn(log);
            return log;
        }
        returned.remove(log.attachmentId());
        Optional<LogFile> file = files.look(log.path());
        if (offset == null) {
            troubles.failed(log, ReaderStatus.Failing.NO_OFFSET, now.text());
        } else if (file.isEmpty()) {
            becomeStale(log, offset, visit, now);
        } else if (visit.check().check(offset, file.get(), now.nanos()) == FileCheck.Verdict.RESTARTED) {
            restart(log, offset, file.get(), visit, now);
        } else if (visit.isWindowDue(now)) {
            return closeWindow(log, visit, offset, now);
        }
        return log;
    }

    /** Reads the logs in turn, a chunk each, or several for the only one that has more, until none has more or the cycle has lasted its time. */
    private void read(Predicate<AttachedLog> wanted, Moment now) {
        long deadline = clock.ticker().getAsLong() + LogVisit.nanos(settings.readerCycleWallclockCapSeconds());
        Deque<AttachedLog> turns = new ArrayDeque<>();
        known.stream()
                .filter(AttachedLog::isActive)
                .filter(wanted)
                // Those that were cut off last time come first.
                .sorted(Comparator.comparing(log -> !unfinished.contains(log.attachmentId())))
                .forEach(log -> {
                    turns.add(log);
                    visit(log).meet(log, now);
                });
        unfinished.clear();
        while (!turns.isEmpty()) {
            if (clock.ticker().getAsLong() - deadline > 0) {
                turns.forEach(log -> unfinished.add(log.attachmentId()));
                return;
            }
            AttachedLog log = turns.remove();
            guarded(log, now, () -> {
                AttachedLog after = readChunk(log, turns.isEmpty() ? chunksAlone : 1, now);
                if (after != null) {
                    turns.add(after);
                }
            });
        }
    }

    /** Reads at most so many chunks; the log with its new offset, or null if there is nothing more. */
    private @Nullable AttachedLog readChunk(AttachedLog log, int chunks, Moment now) throws UnreadableLogException {
        ReadOffset offset = log.offset();
        LogFile file = files.look(log.path()).orElse(null);
        if (offset == null || file == null) {
            return null;
        }
        LogVisit visit = visit(log);
        if (visit.check().check(offset, file, now.nanos()) != FileCheck.Verdict.UNCHANGED) {
            return null;
        }
        LogCommit found = visit.read(log, offset, file, chunks, now).orElse(null);
        troubles.read(log);
        ByteBuffer printed = visit.printed();
        if (printed != null) {
            listener.printed(new AgentId(log.agentId()), printed);
        }
        if (found == null || !store(found, now)) {
            return null;
        }
        visit.stored(found, now);
        ReadOffset to = found.to();
        if (to != null) {
            rotation.read(log.agentId(), log.path(), to.bytes());
        }
        return to != null && to.bytes() < file.size() ? log.withOffset(to) : null;
    }

    /** Stores what a visit found; false if the offset was changed by somebody else, who is right. */
    private boolean store(LogCommit visit, Moment now) {
        Optional<List<Event>> stored;
        try {
            stored = logs.commit(visit);
        } catch (StorageException e) {
            troubles.notStored(visit.log(), visit.events().size(), now.text());
            return false;
        }
        troubles.stored(visit.log());
        stored.ifPresent(events -> append(events, visit.log(), now));
        return stored.isPresent();
    }

    private void append(List<Event> events, AttachedLog log, Moment now) {
        if (events.isEmpty()) {
            return;
        }
        try {
            appends.append(events, now.text());
        } catch (StorageException e) {
            troubles.notStored(log, 0, now.text());
        }
        listener.stored();
    }

    /** Makes the open window an event; the log as it is after that. */
    private AttachedLog closeWindow(AttachedLog log, LogVisit visit, @Nullable ReadOffset offset, Moment now) {
        LogCommit closing = visit.closing(log, offset, now);
        if (!store(closing, now)) {
            return log;
        }
        visit.closed();
        ReadOffset to = closing.to();
        return to == null ? log : log.withOffset(to);
    }

    private void restart(AttachedLog log, ReadOffset offset, LogFile file, LogVisit visit, Moment now) {
        if (visit.hasWindow()) {
            closeWindow(log, visit, null, now);
        }
        if (!visit.hasWindow() && logs.restart(log, offset, file, now.text())) {
            String inode = visit.check().inode(offset).orElse("null");
            visit.restarted(file);
            if (!inode.equals(file.inode())) {
                listener.exchanged(new AgentId(log.agentId()));
            }
            lifecycle.report(
                    LifecycleEvent.LOG_ROTATION_DETECTED,
                    "agent_id",
                    log.agentId(),
                    "log_path",
                    log.path(),
                    "prior_inode",
                    inode,
                    "new_inode",
                    file.inode(),
                    "prior_size",
                    offset.sizeSeen(),
                    "new_size",
                    file.size());
        }
    }

    private void becomeStale(AttachedLog log, ReadOffset offset, LogVisit visit, Moment now) {
        if (visit.hasWindow()) {
            closeWindow(log, visit, null, now);
        }
        if (!logs.markStale(log, now.text())) {
            return;
        }
        missing.add(log.attachmentId());
        String inode = visit.check().inode(offset).orElse("null");
        lifecycle.report(
                LifecycleEvent.LOG_FILE_MISSING,
                "agent_id",
                log.agentId(),
                "log_path",
                log.path(),
                "last_known_inode",
                inode,
                "last_known_size",
                offset.sizeSeen());
        record(log);
    }

    private void record(AttachedLog log) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("attachment_id", log.attachmentId());
        change.put("agent_id", log.agentId());
        change.put("prior_status", "active");
        change.put("new_status", "stale");
        change.put("prior_path", log.path());
        change.put("new_path", log.path());
        change.put("prior_pipe_target", null);
        change.put("source", log.source());
        change.put("socket_peer_uid", daemonUid);
        try {
            audit.append(AuditRecord.of("log_attachment_change", change));
        } catch (AuditUnavailableException e) {
            lifecycle.report(
                    LifecycleEvent.AUDIT_APPEND_FAILED,
                    "method",
                    "event_reader",
                    "agent_id",
                    log.agentId(),
                    "attachment_id",
                    log.attachmentId());
        }
    }

    /** A stale log whose file was away, or whose pane is there, is stale because of its file. */
    private void lookForReturn(AttachedLog log) {
        String id = log.attachmentId();
        LogFile file = lookAtUnread(log.path());
        if (file == null) {
            missing.add(id);
            returned.remove(id);
        } else if ((missing.remove(id) || !log.isPaneGone()) && returned.add(id)) {
            ReadOffset offset = log.offset();
            String inode = offset == null || offset.inode() == null ? "null" : offset.inode();
            lifecycle.report(
                    LifecycleEvent.LOG_FILE_RETURNED,
                    "agent_id",
                    log.agentId(),
                    "log_path",
                    log.path(),
                    "prior_inode",
                    inode,
                    "new_inode",
                    file.inode(),
                    "new_size",
                    file.size());
        }
    }

    /** A file that nobody reads; what is no file of a log counts as none. */
    private @Nullable LogFile lookAtUnread(String path) {
        try {
            return files.look(path).orElse(null);
        } catch (UnreadableLogException e) {
            return null;
        }
    }

    /** A log that fails does not affect the others. */
    private void guarded(AttachedLog log, Moment now, Work work) {
        try {
            work.run();
        } catch (UnreadableLogException e) {
            troubles.failed(log, e.kind(), now.text());
        } catch (StorageException e) {
            troubles.failed(log, ReaderTroubles.STORAGE, now.text());
        } catch (RuntimeException e) { // whatever is wrong with one log must not keep the others from being read
            troubles.failed(log, e.getClass().getSimpleName(), now.text());
        }
    }

    private interface Work {
        void run() throws UnreadableLogException;
    }

    /** What others do with the work of a reader. Called on its thread. */
    public interface Listener {
        /** Events were stored. */
        void stored();

        /**
         * The pane of an agent printed something.
         *
         * @param output what is new begins at its position, after at most {@value LogVisit#OVERLAP} bytes that were told before, as a sequence may
         *     have been cut there; valid during the call
         */
        void printed(AgentId agent, ByteBuffer output);

        /** The log of an agent is another file than before, and is read from its beginning. */
        void exchanged(AgentId agent);
    }
}
