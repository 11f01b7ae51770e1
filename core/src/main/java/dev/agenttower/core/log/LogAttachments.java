package dev.agenttower.core.log;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.discovery.BenchUser;
import dev.agenttower.core.exclusion.KeyedLock;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.text.Redaction;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Attaches logs to agents: what an agent's pane prints is appended to a file, by a pipe of tmux.
 *
 * <p>Bench and files are prepared first and the rows written afterwards in one short transaction, so that a slow bench delays no other
 * writer. If the transaction fails, the pane gets back the pipe that it had. Thread-safe; calls for one agent, and for one file, run one
 * after the other.
 */
public final class LogAttachments {
    /** The most lines of a preview. */
    public static final int MOST_LINES = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ID_BYTES = 6;
    private static final int ID_ATTEMPTS = 5;
    private static final int MAX_COMMAND = 4096;
    private static final int MAX_PRIOR_TARGET = 2048;

    private final KeyedLock<AgentId> agentLocks = new KeyedLock<>();
    private final KeyedLock<String> pathLocks = new KeyedLock<>();
    private final LogStore store;
    private final AgentStore agents;
    private final PaneStore panes;
    private final PanePipes pipes;
    private final LogFiles files;
    private final LogPaths paths;
    private final Optional<HostBench> host;
    private final String userFallback;
    private final AuditLog audit;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Builds the use case from its ports.
     *
     * @param host the host as a bench; its panes need no mount
     * @param userFallback the user to run tmux as where a container names none; empty is root
     * @param random the source of ids; must be cryptographically strong
     */
    public LogAttachments(
            LogStore store,
            AgentStore agents,
            PaneStore panes,
            PanePipes pipes,
            LogFiles files,
            LogFolders folders,
            Optional<HostBench> host,
            String userFallback,
            AuditLog audit,
            LifecycleLog lifecycle,
            InstantSource clock,
            RandomGenerator random) {
        this.store = requireNonNull(store, "store");
        this.agents = requireNonNull(agents, "agents");
        this.panes = requireNonNull(panes, "panes");
        this.pipes = requireNonNull(pipes, "pipes");
        this.files = requireNonNull(files, "files");
        this.paths = new LogPaths(files, folders, lifecycle);
        this.host = requireNonNull(host, "host");
        this.userFallback = userFallback.isEmpty() ? "root" : userFallback;
        this.audit = requireNonNull(audit, "audit");
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * Records the pane of an agent in a file. An agent that is recorded in another file is recorded in this one from now on.
     *
     * @param path an absolute path of the host or of the bench; null is the default, {@code <logs>/<container id>/<agent id>.log}
     * @throws RefusedException {@code AGENT_NOT_FOUND}, {@code AGENT_INACTIVE}, {@code PANE_UNKNOWN_TO_DAEMON}, {@code LOG_PATH_INVALID},
     *     {@code LOG_PATH_NOT_HOST_VISIBLE}, {@code LOG_PATH_IN_USE}, {@code INTERNAL_ERROR} for the files, or as {@link PanePipes}, checked in
     *     this order; then nothing is stored
     */
    public Attached attach(AgentId id, @Nullable String path, long peerUid) {
        Agent agent = requireUsable(id);
        Recording recording = recording(agent.pane(), agent.id(), path, AttachmentSource.EXPLICIT);
        return recording.holdingLocks(() -> {
            recording.prepare();
            return recording.undoneOnFailure(() -> store.write(writes -> {
                requireUnchanged(writes, agent);
                Attached attached = recording.write(writes);
                if (attached.record != null) {
                    appendBeforeCommit(attached.record.payload(peerUid));
                }
                return attached;
            }));
        });
    }

    /** Attaches a log together with a registration, in its transaction. */
    public RegistrationLog during(@Nullable String path, long peerUid) {
        return new RegistrationLog(this, path, peerUid);
    }

    /**
     * Ends the recording of an agent's pane.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND}, {@code AGENT_INACTIVE}, {@code PANE_UNKNOWN_TO_DAEMON},
     *     {@code ATTACHMENT_NOT_FOUND} if the agent is not recorded, or as {@link PanePipes}, checked in this order; then the attachment stays
     */
    public State detach(AgentId id, long peerUid) {
        Agent agent = requireUsable(id);
        PanePipes.Target target = target(requireBench(agent.pane(), id), agent.pane());
        return locked(agentLocks, id, () -> {
            LogAttachment active = requireActive(id, store.newest(id));
            pipes.close(target);
            LogAttachment detached = store.write(writes -> {
                LogAttachment current = requireActive(id, writes.newest(id));
                LogAttachment ended = current.with(AttachmentStatus.DETACHED, now());
                writes.update(ended);
                return ended;
            });
            appendAfterCommit("detach_log", new Transition(active, detached, AttachmentSource.EXPLICIT), peerUid);
            return new State(detached, store.offset(id, detached.logPath()));
        });
    }

    /**
     * The newest attachment of an agent, of any status; empty if there was none.
     *
     * @throws RefusedException {@code AGENT_NOT_FOUND}
     */
    public Optional<State> status(AgentId id) {
        requireKnown(id);
        return store.newest(id).map(newest -> new State(newest, store.offset(id, newest.logPath())));
    }

    /**
     * The last lines of an agent's log, secrets replaced.
     *
     * @param lines 1 to {@link #MOST_LINES}
     * @throws RefusedException {@code AGENT_NOT_FOUND}, {@code ATTACHMENT_NOT_FOUND} or {@code LOG_FILE_MISSING}
     */
    public Preview preview(AgentId id, int lines) {
        requireKnown(id);
        LogAttachment newest = store.newest(id)
                .filter(attachment -> attachment.status() != AttachmentStatus.SUPERSEDED)
                .orElseThrow(() -> notAttached(id));
        return new Preview(
                newest,
                files.tail(newest.logPath(), lines).stream()
                        .map(Redaction::redact)
                        .toList());
    }

    private Agent requireKnown(AgentId id) {
        return agents.find(id)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.AGENT_NOT_FOUND,
                        "no agent has the id " + id + "; see list-agents",
                        Map.of("agent_id", id.value())))
                .agent();
    }

    private Agent requireUsable(AgentId id) {
        Agent agent = requireKnown(id);
        if (!agent.active()) {
            throw inactive(id, "agent " + id + " is inactive; register it again from its pane first");
        }
        requireBench(agent.pane(), id);
        if (!isActive(agent.pane())) {
            throw new RefusedException(
                    ErrorCode.PANE_UNKNOWN_TO_DAEMON,
                    "pane " + agent.pane().paneId() + " of agent " + id + " is not an active pane",
                    Map.of("pane_id", agent.pane().paneId()));
        }
        return agent;
    }

    private boolean isActive(PaneKey pane) {
        return panes.known(pane.container()).stream()
                .anyMatch(known -> known.active() && known.key().equals(pane));
    }

    private BenchContainer requireBench(PaneKey pane, AgentId id) {
        return panes.activeBenches(pane.container()).stream()
                .findFirst()
                .orElseThrow(
                        () -> inactive(id, "the bench of agent " + id + " is not running; start it and scan first"));
    }

    private static RefusedException inactive(AgentId id, String message) {
        return new RefusedException(ErrorCode.AGENT_INACTIVE, message, Map.of("agent_id", id.value()));
    }

    private static void requireUnchanged(LogStore.Writes writes, Agent agent) {
        boolean isUnchanged = writes.agents()
                .findById(agent.id())
                .filter(current -> current.active() && current.pane().equals(agent.pane()))
                .isPresent();
        if (!isUnchanged) {
            throw inactive(agent.id(), "agent " + agent.id() + " ended or moved meanwhile; try again");
        }
    }

    private static LogAttachment requireActive(AgentId id, Optional<LogAttachment> newest) {
        return newest.filter(LogAttachment::isActive).orElseThrow(() -> notAttached(id));
    }

    private static RefusedException notAttached(AgentId id) {
        return new RefusedException(
                ErrorCode.ATTACHMENT_NOT_FOUND,
                "no log is attached to agent " + id + "; see attach-log",
                Map.of("agent_id", id.value()));
    }

    private PanePipes.Target target(BenchContainer bench, PaneKey pane) {
        return new PanePipes.Target(new BenchUser(userFallback).target(bench).orElseThrow(), pane);
    }

    Recording recording(PaneKey pane, AgentId id, @Nullable String path, AttachmentSource source) {
        BenchContainer bench = requireBench(pane, id);
        if (path != null) {
            paths.requireValid(path);
        }
        PanePipes.Target target = target(bench, pane);
        boolean isOnHost = host.map(HostBench::id).filter(bench.id()::equals).isPresent();
        LogPlace place = isOnHost
                ? paths.onHost(bench, id, path)
                : paths.inContainer(bench, target.bench().user(), id, path);
        return new Recording(id, target, place, source);
    }

    private static <K, T> T locked(KeyedLock<K> locks, K key, Supplier<T> work) {
        return locks.holdingWithin(PATIENCE, key, work)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.INTERNAL_ERROR,
                        "another request for the same agent or log takes longer than " + PATIENCE.toSeconds()
                                + " s; try again"));
    }

    <T> T write(Function<LogStore.Writes, T> work) {
        return store.write(work);
    }

    private String now() {
        return Timestamps.micros(clock.instant());
    }

    private String freshId(LogStore.Writes writes) {
        byte[] bytes = new byte[ID_BYTES];
        for (int attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
            random.nextBytes(bytes);
            String id = "lat_" + HexFormat.of().formatHex(bytes);
            if (!writes.exists(id)) {
                return id;
            }
        }
        throw new RefusedException(
                ErrorCode.INTERNAL_ERROR, ID_ATTEMPTS + " new attachment ids in a row were taken already; try again");
    }

    private void appendBeforeCommit(Map<String, @Nullable Object> payload) {
        try {
            audit.append(AuditRecord.of("log_attachment_change", payload));
        } catch (AuditUnavailableException e) {
            throw new RefusedException(
                    ErrorCode.INTERNAL_ERROR,
                    "the audit trail cannot be written, so no log is attached: " + e.getMessage());
        }
    }

    void appendAfterCommit(String method, Transition transition, long peerUid) {
        try {
            audit.append(AuditRecord.of("log_attachment_change", transition.payload(peerUid)));
        } catch (AuditUnavailableException e) {
            lifecycle.report(
                    LifecycleEvent.AUDIT_APPEND_FAILED,
                    "method",
                    method,
                    "agent_id",
                    transition.after.agent().value(),
                    "attachment_id",
                    transition.after.id());
        }
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

        <T> T holdingLocks(Supplier<T> work) {
            return locked(agentLocks, agent, () -> locked(pathLocks, place.hostPath(), work));
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
            return new Attached(
                    resumed, offset(writes), false, old.status(), new Transition(old, resumed, resumed.source()));
        }

        private Attached begin(LogStore.Writes writes, Optional<LogAttachment> replaced, String now) {
            LogAttachment begun = new LogAttachment(
                    freshId(writes),
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
                    new Transition(replaced.orElse(null), begun, source));
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

    /**
     * A change of an attachment, for the audit trail.
     *
     * @param before the attachment that was recorded before, or null
     */
    record Transition(@Nullable LogAttachment before, LogAttachment after, AttachmentSource source) {
        Map<String, @Nullable Object> payload(long peerUid) {
            Map<String, @Nullable Object> payload = new LinkedHashMap<>();
            payload.put("attachment_id", after.id());
            payload.put("agent_id", after.agent().value());
            payload.put("prior_status", before == null ? null : before.status().wire());
            payload.put("new_status", after.status().wire());
            payload.put("prior_path", before == null ? null : before.logPath());
            payload.put("new_path", after.logPath());
            payload.put(
                    "prior_pipe_target", after.status() == AttachmentStatus.DETACHED ? null : after.priorPipeTarget());
            payload.put("source", source.wire());
            payload.put("socket_peer_uid", peerUid);
            return payload;
        }
    }

    /**
     * An attached log.
     *
     * @param isNew whether it is a new attachment
     * @param priorStatus the status of the attachment before, or of the one whose place it took; null if there was none
     * @param record the change for the audit trail; null if nothing changed
     */
    public record Attached(
            LogAttachment attachment,
            LogOffset offset,
            boolean isNew,
            @Nullable AttachmentStatus priorStatus,
            @Nullable Transition record) {}

    /** An attachment, and how far its log was read. */
    public record State(LogAttachment attachment, Optional<LogOffset> offset) {}

    /** The last lines of a log. */
    public record Preview(LogAttachment attachment, List<String> lines) {}
}
