package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.exclusion.KeyedLock;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.LogAttachments.Attached;
import dev.agenttower.core.text.FreshIds;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Starts recordings: file and pipe first, then the rows. Thread-safe. */
final class PaneRecorder {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_COMMAND = 4096;
    private static final int MAX_PRIOR_TARGET = 2048;

    private final KeyedLock<AgentId> agentLocks = new KeyedLock<>();
    private final KeyedLock<String> pathLocks = new KeyedLock<>();
    private final LogStore store;
    private final PanePipes pipes;
    private final LogFiles files;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final RandomGenerator random;

    PaneRecorder(
            LogStore store,
            PanePipes pipes,
            LogFiles files,
            LifecycleLog lifecycle,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.pipes = pipes;
        this.files = files;
        this.lifecycle = lifecycle;
        this.clock = clock;
        this.random = random;
    }

    Recording of(AgentId agent, PanePipes.Target pane, LogPlace place, AttachmentSource source) {
        return new Recording(agent, pane, place, source);
    }

    /**
     * Runs {@code work} while no other work runs for the agent.
     *
     * @throws RefusedException {@code INTERNAL_ERROR} if another work takes longer than 30 seconds
     */
    <T> T exclusively(AgentId agent, Supplier<T> work) {
        return locked(agentLocks, agent, work);
    }

    private static <K, T> T locked(KeyedLock<K> locks, K key, Supplier<T> work) {
        return locks.holdingWithin(PATIENCE, key, work)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.INTERNAL_ERROR,
                        "another request for the same agent or log takes longer than " + PATIENCE.toSeconds()
                                + " s; try again"));
    }

    private String now() {
        return Timestamps.micros(clock.instant());
    }

    /** A recording that is being started: first its file and its pipe, then its rows. Used by one thread. */
    final class Recording {
        private final AgentId agent;
        private final PanePipes.Target pane;
        private final LogPlace place;
        private final AttachmentSource source;
        private @Nullable String closedCommand;
        private boolean isOpened;

        private Recording(AgentId agent, PanePipes.Target pane, LogPlace place, AttachmentSource source) {
            this.agent = agent;
            this.pane = pane;
            this.place = place;
            this.source = source;
        }

        /** Runs {@code work} while no other work runs for the agent or the file. */
        <T> T exclusively(Supplier<T> work) {
            return PaneRecorder.this.exclusively(agent, () -> locked(pathLocks, place.hostPath(), work));
        }

        void prepare() {
            store.userOf(place.hostPath()).ifPresent(this::requireOwn);
            files.create(place.hostPath());
            PanePipes.Pipe pipe = pipes.inspect(pane);
            if (pipe.isOpen() && pipe.command().strip().equals(place.command())) {
                return;
            }
            if (pipe.isOpen()) {
                closedCommand = pipe.command().strip();
                pipes.close(pane);
            }
            undoneOnFailure(() -> {
                pipes.open(pane, place.command());
                return Boolean.TRUE;
            });
            isOpened = true;
        }

        /** Whether the pane has a pipe, of anybody. */
        boolean isPiped() {
            return pipes.inspect(pane).isOpen();
        }

        /** Closes the pipe of the pane, of anybody. */
        void closePipe() {
            pipes.close(pane);
        }

        /** Pipes the pane, which has no pipe, into the file, which exists. */
        void reopen() {
            pipes.open(pane, place.command());
        }

        private void requireOwn(AgentId user) {
            if (!user.equals(agent)) {
                throw new RefusedException(
                        ErrorCode.LOG_PATH_IN_USE,
                        "log path " + place.hostPath() + " is in use by agent " + user,
                        Map.of("agent_id", user.value()));
            }
        }

        /** Runs {@code work}; if it fails, the pane gets back the pipe it had. */
        <T> T undoneOnFailure(Supplier<T> work) {
            try {
                return work.get();
            } catch (RuntimeException | Error failure) {
                try {
                    if (isOpened) {
                        pipes.close(pane);
                    }
                    if (closedCommand != null && !closedCommand.isEmpty()) {
                        pipes.open(pane, closedCommand);
                    }
                } catch (RuntimeException e) {
                    failure.addSuppressed(e);
                }
                throw failure;
            }
        }

        Attached write(LogStore.Writes writes) {
            writes.userOf(place.hostPath()).ifPresent(this::requireOwn);
            Optional<LogAttachment> existing = writes.newest(agent, place.hostPath());
            if (existing.filter(LogAttachment::isActive).isPresent()) {
                return new Attached(existing.get(), offset(writes), false, AttachmentStatus.ACTIVE, null);
            }
            String now = now();
            Optional<LogAttachment> replaced = writes.newest(agent)
                    .filter(recent -> !recent.logPath().equals(place.hostPath())
                            && recent.status() != AttachmentStatus.SUPERSEDED);
            return existing.filter(old -> old.status() != AttachmentStatus.SUPERSEDED)
                    .map(old -> resume(writes, old, replaced, now))
                    .orElseGet(() -> begin(writes, replaced, now));
        }

        private Attached resume(
                LogStore.Writes writes, LogAttachment old, Optional<LogAttachment> replaced, String now) {
            LogAttachment resumed = old.with(AttachmentStatus.ACTIVE, now);
            replaced.ifPresent(recent -> writes.update(recent.supersededBy(old.id(), now)));
            writes.update(resumed);
            if (old.status() == AttachmentStatus.STALE) {
                continueOrRestart(writes, now);
            }
            return new Attached(resumed, offset(writes), false, old.status(), AttachmentChange.attached(old, resumed));
        }

        private Attached begin(LogStore.Writes writes, Optional<LogAttachment> replaced, String now) {
            LogAttachment begun = new LogAttachment(
                    FreshIds.next("lat_", "attachment", random, writes::exists),
                    agent,
                    pane.pane(),
                    place.hostPath(),
                    AttachmentStatus.ACTIVE,
                    source,
                    Text.abbreviated(pipes.shown(pane, place.command()), MAX_COMMAND),
                    closedCommand == null || closedCommand.isEmpty()
                            ? null
                            : Text.abbreviated(closedCommand, MAX_PRIOR_TARGET),
                    now,
                    now,
                    null,
                    null,
                    now);
            writes.insert(begun);
            replaced.ifPresent(recent -> writes.update(recent.supersededBy(begun.id(), now)));
            if (writes.offset(agent, place.hostPath()).isPresent()) {
                continueOrRestart(writes, now);
            } else {
                writes.put(LogOffset.atStart(agent, place.hostPath(), now));
            }
            return new Attached(
                    begun,
                    offset(writes),
                    true,
                    replaced.map(LogAttachment::status).orElse(null),
                    AttachmentChange.attached(replaced.orElse(null), begun));
        }

        /** A file that was cut or exchanged while it was not recorded is read from its start. */
        private void continueOrRestart(LogStore.Writes writes, String now) {
            LogOffset offset = offset(writes);
            LogFile file = files.stat(place.hostPath()).orElse(null);
            if (file != null && offset.continuesIn(file)) {
                return;
            }
            writes.put(offset.restartedIn(file, now));
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("agent_id", agent.value());
            fields.put("log_path", place.hostPath());
            fields.put("prior_inode", String.valueOf(offset.fileInode()));
            fields.put("new_inode", file == null ? "null" : file.inode());
            fields.put("prior_size", offset.fileSizeSeen());
            fields.put("new_size", file == null ? 0 : file.size());
            lifecycle.report(LifecycleEvent.LOG_ROTATION_DETECTED, fields);
        }

        private LogOffset offset(LogStore.Writes writes) {
            return writes.offset(agent, place.hostPath())
                    .orElseGet(() -> LogOffset.atStart(agent, place.hostPath(), now()));
        }
    }
}
