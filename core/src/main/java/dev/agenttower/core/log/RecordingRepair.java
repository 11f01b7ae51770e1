package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.PaneRecorder.Recording;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.time.Timestamps;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Notices recordings that ended by themselves, as on a full disk, and starts them again in the same file, behind what it holds.
 *
 * <p>Their attachments stay active meanwhile, since nobody detached them; only what is remembered here, until the process ends, tells that
 * nothing is recorded. A recording that ends again soon is started after a pause, which doubles each time.
 *
 * <p>{@link #run} is used by one thread at a time, the other methods by any.
 */
public final class RecordingRepair {
    /** Recordings are started only where so many bytes are free. */
    static final long ROOM = 256 << 10;

    private static final Duration SOON = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 6;

    private final LogStore store;
    private final LogFiles files;
    private final Function<LogAttachment, Optional<Recording>> recordings;
    private final AttachmentAudit audit;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final Map<String, Stopped> stopped = new ConcurrentHashMap<>();
    private final Map<String, Start> starts = new HashMap<>();

    RecordingRepair(
            LogStore store,
            LogFiles files,
            Function<LogAttachment, Optional<Recording>> recordings,
            AttachmentAudit audit,
            LifecycleLog lifecycle,
            InstantSource clock) {
        this.store = store;
        this.files = files;
        this.recordings = recordings;
        this.audit = audit;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    /** Why nothing is written to the log of an attachment that is active; empty if it is recorded. */
    public Optional<Stopped> of(String attachmentId) {
        return Optional.ofNullable(stopped.get(attachmentId));
    }

    /** The recordings that have ended, by attachment. */
    public List<Stopped> stopped() {
        return stopped.values().stream()
                .sorted(Comparator.comparing(Stopped::attachmentId))
                .toList();
    }

    /**
     * Looks after the recordings of some panes, and of those whose recording has ended before. Their pipes are inspected, so that panes may be
     * among them that were piped meanwhile.
     *
     * @param unpiped panes that seem to have no pipe
     * @return whether all are recorded; if not, this must be called again after a while
     */
    public boolean run(Set<PaneKey> unpiped) {
        List<LogAttachment> active;
        try {
            active = store.active();
        } catch (StorageException e) {
            return false;
        }
        Set<String> ids = active.stream().map(LogAttachment::id).collect(Collectors.toSet());
        stopped.keySet().retainAll(ids);
        starts.keySet().retainAll(ids);
        boolean isDone = true;
        for (LogAttachment log : active) {
            if (stopped.containsKey(log.id()) || unpiped.contains(log.pane())) {
                isDone &= attend(log);
            }
        }
        return isDone;
    }

    /** Whether the log is recorded now, or need not be. */
    private boolean attend(LogAttachment log) {
        try {
            Recording recording = recordings.apply(log).orElse(null);
            return recording != null && recording.exclusively(() -> attend(log, recording));
        } catch (RefusedException | StorageException | UncheckedIOException e) {
            stopped.computeIfPresent(
                    log.id(), (id, known) -> known.because("it cannot be started again: " + e.getMessage()));
            return false;
        }
    }

    private boolean attend(LogAttachment log, Recording recording) {
        boolean isCurrent = store.newest(log.agent())
                .filter(newest -> newest.isActive() && newest.id().equals(log.id()))
                .isPresent();
        if (!isCurrent) {
            stopped.remove(log.id());
            return true;
        }
        if (recording.isPiped()) {
            resumed(log);
            return true;
        }
        if (files.stat(log.logPath()).isEmpty()) {
            // The reader of logs makes it stale; the command of the pipe would create it with another mode.
            return true;
        }
        Instant now = clock.instant();
        long room = files.room(log.logPath());
        stop(log, reason(room), now);
        if (room < ROOM || now.isBefore(start(log, now).notBefore())) {
            return false;
        }
        recording.reopen();
        starts.computeIfPresent(log.id(), (id, start) -> start.made(now));
        resumed(log);
        return true;
    }

    private static String reason(long room) {
        return room < ROOM
                ? "no space left on the device: " + room + " bytes are free; it goes on by itself once " + ROOM + " are"
                : "the program that writes the log ended; it is started again by itself";
    }

    private void stop(LogAttachment log, String reason, Instant now) {
        Stopped known = stopped.get(log.id());
        if (known != null) {
            stopped.put(log.id(), known.because(reason));
            return;
        }
        Stopped ended =
                new Stopped(log.id(), log.agent(), log.logPath(), Timestamps.micros(now), reason);
        stopped.put(log.id(), ended);
        Start last = starts.get(log.id());
        int inARow = last != null && now.isBefore(last.at.plus(SOON)) ? last.inARow + 1 : 0;
        starts.put(log.id(), new Start(now, inARow));
        lifecycle.report(
                LifecycleEvent.LOG_RECORDING_STOPPED,
                "agent_id",
                log.agent().value(),
                "log_path",
                log.logPath(),
                "reason",
                reason);
        audit.append(ended, false);
    }

    private Start start(LogAttachment log, Instant now) {
        return starts.getOrDefault(log.id(), new Start(now, 0));
    }

    private void resumed(LogAttachment log) {
        Stopped ended = stopped.remove(log.id());
        if (ended == null) {
            return;
        }
        lifecycle.report(
                LifecycleEvent.LOG_RECORDING_RESUMED,
                "agent_id",
                log.agent().value(),
                "log_path",
                log.logPath(),
                "stopped_at",
                ended.since());
        audit.append(ended, true);
    }

    /**
     * The start of a recording that ended.
     *
     * @param at when it ended, or when it was made
     * @param inARow how many others were made soon before it
     */
    private record Start(Instant at, int inARow) {
        Instant notBefore() {
            return inARow == 0 ? at : at.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS)));
        }

        Start made(Instant now) {
            return new Start(now, inARow);
        }
    }

    /**
     * A log that is attached, but to which nothing is written, because its recording ended by itself.
     *
     * @param since when that was noticed: UTC, six digits of fraction
     * @param reason one sentence for people
     */
    public record Stopped(String attachmentId, AgentId agent, String logPath, String since, String reason) {
        private Stopped because(String otherReason) {
            return new Stopped(attachmentId, agent, logPath, since, otherReason);
        }
    }
}
