package dev.agenttower.core.log;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.PaneRecorder.Recording;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.text.Redaction;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    private final LogStore store;
    private final AgentStore agents;
    private final PaneStore panes;
    private final PanePipes pipes;
    private final LogFiles files;
    private final LogPlaces places;
    private final PaneRecorder recorder;
    private final AttachmentAudit audit;
    private final RecordingRepair repair;
    private final OrphanRecordings orphans;
    private final InstantSource clock;

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
        this.places = new LogPlaces(
                new LogPaths(files, folders, lifecycle), pipes, requireNonNull(host, "host"), userFallback);
        this.recorder = new PaneRecorder(
                store,
                pipes,
                files,
                requireNonNull(lifecycle, "lifecycle"),
                requireNonNull(clock, "clock"),
                requireNonNull(random, "random"));
        this.audit = new AttachmentAudit(requireNonNull(audit, "audit"), lifecycle);
        this.clock = clock;
        this.repair = new RecordingRepair(store, files, this::recording, this.audit, lifecycle, clock);
        this.orphans = new OrphanRecordings(store, agents, panes, pipes, files, places, lifecycle);
    }

    /** Reports panes that are recorded without an attachment, to the lifecycle log. What cannot be asked for is left out. */
    public void reportOrphans() {
        orphans.report();
    }

    /** Restarts recordings that end by themselves. */
    public RecordingRepair repair() {
        return repair;
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
        Agent agent = requireActive(id);
        BenchContainer bench = requireUsable(agent);
        Recording recording = recording(bench, id, agent.pane(), path, AttachmentSource.EXPLICIT);
        Attached attachedNow = recording.exclusively(() -> {
            recording.prepare();
            return recording.undoneOnFailure(() -> store.write(writes -> {
                requireUnchanged(writes, agent);
                Attached attached = recording.write(writes);
                if (attached.change != null) {
                    audit.appendBeforeCommit(attached.change, peerUid);
                }
                return attached;
            }));
        });
        repair.opened(id);
        return attachedNow;
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
        Agent agent = requireActive(id);
        PanePipes.Target target = places.target(requireUsable(agent), agent.pane());
        return recorder.exclusively(id, () -> {
            requireAttached(id, store.newest(id));
            pipes.close(target);
            LogAttachment detached = store.write(writes -> {
                LogAttachment ended = requireAttached(id, writes.newest(id))
                        .with(AttachmentStatus.DETACHED, Timestamps.micros(clock.instant()));
                writes.update(ended);
                return ended;
            });
            audit.append("detach_log", AttachmentChange.detached(detached), peerUid);
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

    private Agent requireActive(AgentId id) {
        Agent agent = requireKnown(id);
        if (!agent.active()) {
            throw inactive(id, "agent " + id + " is inactive; register it again from its pane first");
        }
        return agent;
    }

    /** The running bench of an agent whose pane is active. */
    private BenchContainer requireUsable(Agent agent) {
        BenchContainer bench = requireBench(agent);
        if (!isActive(agent.pane())) {
            throw new RefusedException(
                    ErrorCode.PANE_UNKNOWN_TO_DAEMON,
                    "pane " + agent.pane().paneId() + " of agent " + agent.id() + " is not an active pane",
                    Map.of("pane_id", agent.pane().paneId()));
        }
        return bench;
    }

    private boolean isActive(PaneKey pane) {
        return panes.known(pane.container()).stream()
                .anyMatch(known -> known.active() && known.key().equals(pane));
    }

    private BenchContainer requireBench(Agent agent) {
        AgentId id = agent.id();
        return panes.activeBenches(agent.pane().container()).stream()
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

    private static LogAttachment requireAttached(AgentId id, Optional<LogAttachment> newest) {
        return newest.filter(LogAttachment::isActive).orElseThrow(() -> notAttached(id));
    }

    private static RefusedException notAttached(AgentId id) {
        return new RefusedException(
                ErrorCode.ATTACHMENT_NOT_FOUND,
                "no log is attached to agent " + id + "; see attach-log",
                Map.of("agent_id", id.value()));
    }

    /** The recording of an agent that is being registered. */
    Recording recording(Agent planned, @Nullable String path) {
        return recording(requireBench(planned), planned.id(), planned.pane(), path, AttachmentSource.REGISTER_SELF);
    }

    /** The recording of an attachment; empty if its bench does not run. */
    private Optional<Recording> recording(LogAttachment log) {
        return panes.activeBenches(log.pane().container()).stream()
                .findFirst()
                .map(bench -> recording(bench, log.agent(), log.pane(), log.logPath(), log.source()));
    }

    private Recording recording(
            BenchContainer bench, AgentId agent, PaneKey pane, @Nullable String path, AttachmentSource source) {
        PanePipes.Target target = places.target(bench, pane);
        return recorder.of(agent, target, places.place(bench, target, agent, path), source);
    }

    AttachmentAudit audit() {
        return audit;
    }

    <T> T write(Function<LogStore.Writes, T> work) {
        return store.write(work);
    }

    /**
     * An attached log.
     *
     * @param isNew whether it is a new attachment
     * @param priorStatus the status of the attachment before, or of the one whose place it took; null if there was none
     * @param change for the audit trail; null if nothing changed
     */
    public record Attached(
            LogAttachment attachment,
            LogOffset offset,
            boolean isNew,
            @Nullable AttachmentStatus priorStatus,
            @Nullable AttachmentChange change) {}

    /** An attachment, and how far its log was read. */
    public record State(LogAttachment attachment, Optional<LogOffset> offset) {}

    /** The last lines of a log. */
    public record Preview(LogAttachment attachment, List<String> lines) {}
}
