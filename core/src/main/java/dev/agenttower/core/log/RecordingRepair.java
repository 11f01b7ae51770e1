package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.PaneRecorder.Recording;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.time.Timestamps;
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
 * Notices recordings that ended by themselves, as on a full disk, and starts them again in the same file, behind what it holds. A recording
 * whose file was exchanged for another one still writes to the former, so it is ended, and started again in the new one.
 *
 * <p>Their attachments stay active meanwhile, since nobody detached them; only what is remembered here, until the process ends, tells that
 * nothing is recorded. A recording counts as started again once its pipe has lasted for some seconds. One that ends again soon is started after
 * a pause, which doubles each time.
 *
 * <p>{@link #run} is used by one thread at a time, the other methods by any.
 */
public final class RecordingRepair {
    /** Recordings are started only where so many bytes are free. */
    static final long ROOM = 256 << 10;

    /** Whoever watches panes sees a pipe that lasts so long. */
    private static final Duration SETTLING = Duration.ofSeconds(4);

    private static final Duration SOON = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 6;
    private static final String EXCHANGED =
            "the file of the log was exchanged for another one, in which it goes on by itself";

    private final LogStore store;
    private final LogFiles files;
    private final Function<LogAttachment, Optional<Recording>> recordings;
    private final AttachmentAudit audit;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final Map<String, Ended> ended = new ConcurrentHashMap<>();
    private final Map<String, Start> starts = new HashMap<>();
    private final Map<AgentId, Instant> opened = new ConcurrentHashMap<>();
    private final Set<AgentId> exchanged = ConcurrentHashMap.newKeySet();
    private volatile Runnable onOpened = () -> {};

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

    /** Sets what is called when a log was attached, after which {@link #run} must be called within seconds. */
    public void onOpened(Runnable listener) {
        onOpened = listener;
    }

    /** Tells that the pipe of an agent was opened. It may end before anybody who watches panes has seen it. */
    void opened(AgentId agent) {
        opened.put(agent, clock.instant());
        onOpened.run();
    }

    /** Tells that the log of an agent is another file than the one that its pipe writes to. */
    public void exchanged(AgentId agent) {
        exchanged.add(agent);
        onOpened.run();
    }

    /** Why nothing is written to the log of an attachment that is active; empty if it is recorded. */
    public Optional<Stopped> of(String attachmentId) {
        return Optional.ofNullable(ended.get(attachmentId)).map(Ended::shown);
    }

    /** The recordings that have ended, by attachment. */
    public List<Stopped> stopped() {
        return ended.values().stream()
                .map(Ended::shown)
                .sorted(Comparator.comparing(Stopped::attachmentId))
                .toList();
    }

    /**
     * Looks after the recordings of some panes, of those that were just attached, and of those whose recording has ended before. Their pipes are
     * inspected, so that panes may be among them that were piped meanwhile.
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
        ended.keySet().retainAll(ids);
        starts.keySet().retainAll(ids);
        Set<AgentId> agents = active.stream().map(LogAttachment::agent).collect(Collectors.toSet());
        opened.keySet().retainAll(agents);
        exchanged.retainAll(agents);
        boolean isDone = true;
        for (LogAttachment log : active) {
            boolean isDoubtful = ended.containsKey(log.id())
                    || opened.containsKey(log.agent())
                    || exchanged.contains(log.agent())
                    || unpiped.contains(log.pane());
            if (isDoubtful) {
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
        } catch (RefusedException | StorageException e) {
            ended.computeIfPresent(
                    log.id(), (id, known) -> known.because("it cannot be started again: " + e.getMessage()));
            return false;
        }
    }

    private boolean attend(LogAttachment log, Recording recording) {
        boolean isCurrent = store.newest(log.agent())
                .filter(newest -> newest.isActive() && newest.id().equals(log.id()))
                .isPresent();
        if (!isCurrent) {
            ended.remove(log.id());
            return true;
        }
        Instant now = clock.instant();
        boolean isExchanged = exchanged.contains(log.agent());
        if (recording.isPiped()) {
            if (!isExchanged) {
                return isSettled(log, now);
            }
            recording.closePipe();
        }
        exchanged.remove(log.agent());
        opened.remove(log.agent());
        if (files.stat(log.logPath()).isEmpty()) {
            // The reader of logs makes it stale; the command of the pipe would create it with another mode.
            return true;
        }
        long room = files.room(log.logPath());
        Ended known = ended(log, isExchanged && room >= ROOM ? EXCHANGED : reason(room), now);
        ended.put(log.id(), known);
        if (room >= ROOM && !now.isBefore(known.notBefore())) {
            recording.reopen();
            ended.put(log.id(), known.reopened(now));
        }
        return false;
    }

    private boolean isSettled(LogAttachment log, Instant now) {
        Ended known = ended.get(log.id());
        Instant since = known == null ? opened.get(log.agent()) : known.isReopened ? known.at : null;
        if (since != null && now.isBefore(since.plus(SETTLING))) {
            return false;
        }
        opened.remove(log.agent());
        if (known != null) {
            resumed(log, known, now);
        }
        return true;
    }

    private static String reason(long room) {
        return room < ROOM
                ? "no space left on the device: " + room + " bytes are free; it goes on by itself once " + ROOM + " are"
                : "the program that writes the log ended; it is started again by itself";
    }

    private Ended ended(LogAttachment log, String reason, Instant now) {
        Ended known = ended.get(log.id());
        if (known != null) {
            return (known.isReopened ? known.again(now) : known).because(reason);
        }
        Start last = starts.get(log.id());
        int inARow = last != null && now.isBefore(last.at.plus(SOON)) ? last.inARow + 1 : 0;
        Stopped shown = new Stopped(log.id(), log.agent(), log.logPath(), Timestamps.micros(now), reason);
        lifecycle.report(
                LifecycleEvent.LOG_RECORDING_STOPPED,
                "agent_id",
                log.agent().value(),
                "log_path",
                log.logPath(),
                "reason",
                reason);
        audit.append(shown, false);
        return new Ended(shown, now, inARow, false);
    }

    private void resumed(LogAttachment log, Ended known, Instant now) {
        ended.remove(log.id());
        starts.put(log.id(), new Start(now, known.inARow));
        lifecycle.report(
                LifecycleEvent.LOG_RECORDING_RESUMED,
                "agent_id",
                log.agent().value(),
                "log_path",
                log.logPath(),
                "stopped_at",
                known.shown.since());
        audit.append(known.shown, true);
    }

    /** When a recording was last started again, and how many times in a row it had ended soon. */
    private record Start(Instant at, int inARow) {}

    /**
     * A recording that has ended.
     *
     * @param at when it was noticed that it had ended, or when it was started again
     * @param inARow how many times it had ended soon after a start
     * @param isReopened whether it was started again, which has not proved good yet
     */
    private record Ended(Stopped shown, Instant at, int inARow, boolean isReopened) {
        Instant notBefore() {
            return inARow == 0 ? at : at.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS)));
        }

        Ended because(String reason) {
            Stopped changed = new Stopped(shown.attachmentId(), shown.agent(), shown.logPath(), shown.since(), reason);
            return new Ended(changed, at, inARow, isReopened);
        }

        Ended reopened(Instant now) {
            return new Ended(shown, now, inARow, true).because("it was started again a moment ago");
        }

        Ended again(Instant now) {
            return new Ended(shown, now, inARow + 1, false);
        }
    }

    /**
     * A log that is attached, but to which nothing is written, because its recording ended by itself.
     *
     * @param since when that was noticed: UTC, six digits of fraction
     * @param reason one sentence for people
     */
    public record Stopped(String attachmentId, AgentId agent, String logPath, String since, String reason) {}
}
