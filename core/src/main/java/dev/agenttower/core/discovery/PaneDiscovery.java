package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.AttachmentAudit;
import dev.agenttower.core.log.AttachmentChange;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.pane.BenchUser;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.PaneSource;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stored panes up to date: queries tmux in all active bench containers in parallel, and writes the result in one transaction that also
 * reads the stored state, so a container that became inactive during the query counts as inactive.
 *
 * <p>If the container engine is unavailable, the whole scan fails and no pane changes. If the host's own bench, which needs no engine, has
 * answered, the result is written instead, and each container that needed the engine is a problem with the engine's code.
 *
 * <p>Thread-safe. Scans run one after another; a scan that waits begins when the one before it has ended.
 */
public final class PaneDiscovery {
    private final BenchSurvey survey;
    private final PaneStore store;
    private final AuditLog audit;
    private final AttachmentAudit attachments;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final long daemonUid;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<ContainerId, Set<PaneKey>> unpiped = new ConcurrentHashMap<>();

    /**
     * Builds the use case from its ports.
     *
     * @param host the bench that needs no container engine
     * @param userFallback the user to run tmux as where a container names none; empty for none
     * @param executor runs the queries in parallel and bounds their number; a query that it rejects runs on the scanning thread. Must not be the
     *     executor that runs {@link #scan}, which waits for it
     * @param daemonUid the user id that audit records name
     */
    public PaneDiscovery(
            PaneSource source,
            Optional<HostBench> host,
            PaneStore store,
            AuditLog audit,
            LifecycleLog lifecycle,
            InstantSource clock,
            Executor executor,
            String userFallback,
            long daemonUid) {
        this.survey = new BenchSurvey(source, host, new BenchUser(userFallback), executor);
        this.store = requireNonNull(store, "store");
        this.audit = requireNonNull(audit, "audit");
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        this.attachments = new AttachmentAudit(audit, lifecycle);
        this.clock = requireNonNull(clock, "clock");
        this.daemonUid = daemonUid;
    }

    /**
     * Scans now.
     *
     * @param only restricts the scan to one container, by exact id; a scan for an unknown id sees nothing; null is all
     * @return the scan, possibly degraded
     * @throws dev.agenttower.core.failure.RefusedException if the whole scan failed: {@code DOCKER_UNAVAILABLE}, and the scan is stored as
     *     degraded; or {@code INTERNAL_ERROR} if the store cannot be read or written, and nothing is stored, or if the audit record of a stored
     *     degraded scan cannot be appended
     */
    public PaneScan scan(@Nullable ContainerId only) {
        return scanThese(only == null ? null : Set.of(only));
    }

    /** Calls {@code listener} after every scan, including failed ones, on the scanning thread and before the scan returns. */
    public Subscription onScanned(Runnable listener) {
        // A separate wrapper: closing one of two subscriptions of the same listener must keep the other.
        Runnable entry = () -> listener.run();
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    /** The panes that had no pipe when they were last scanned; without those of which tmux does not tell. */
    public Set<PaneKey> unpiped() {
        return unpiped.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /** {@link #scan}, restricted to several containers; null is all. */
    PaneScan scanThese(@Nullable Set<ContainerId> scope) {
        turn.lock();
        try {
            return scanInTurn(scope);
        } finally {
            turn.unlock();
            listeners.forEach(Runnable::run);
        }
    }

    private PaneScan scanInTurn(@Nullable Set<ContainerId> scope) {
        String scanId = UUID.randomUUID().toString();
        String startedAt = stamp();
        lifecycle.report(LifecycleEvent.PANE_SCAN_STARTED, "scan_id", scanId);
        PaneScan outcome =
                empty(scanId, startedAt, new EngineReport.Failure(ErrorCode.INTERNAL_ERROR, "nothing was stored"));
        ErrorCode error = ErrorCode.INTERNAL_ERROR;
        try {
            List<BenchContainer> benches = store.activeBenches(PaneReconciliation.onlyOf(scope)).stream()
                    .filter(bench -> scope == null || scope.contains(bench.id()))
                    .toList();
            SurveyReport report = survey.take(benches, startedAt);
            EngineReport.Failure failure = report.failure();
            outcome = failure == null
                    ? write(scanId, startedAt, report, scope)
                    : writeFailure(empty(scanId, startedAt, failure));
            appendIfDegraded(outcome);
            error = outcome.errorCode();
            if (failure != null) {
                throw new RefusedException(failure.code(), failure.message());
            }
            return outcome;
        } catch (StorageException failure) {
            throw internal(String.valueOf(failure.getMessage()));
        } finally {
            reportCompleted(outcome, error);
        }
    }

    private PaneScan write(String scanId, String startedAt, SurveyReport report, @Nullable Set<ContainerId> scope) {
        Written written = store.write(writes -> {
            PaneReconciliation panes = PaneReconciliation.of(writes, report.readings(), scope);
            List<PaneStore.StaleAttachment> stale = panes.write(writes, startedAt);
            PaneScan scan = new PaneScan(
                    scanId,
                    startedAt,
                    stamp(),
                    report.containersScanned(),
                    report.socketsScanned(),
                    panes.seen(),
                    panes.newlyActive(),
                    panes.reconciledInactive(),
                    panes.skippedInactive(),
                    report.tmuxUnavailable(),
                    report.errorCode(),
                    report.errorMessage(),
                    report.problems());
            writes.insertScan(scan, scan.degraded());
            return new Written(scan, stale, panes.unpiped());
        });
        noteUnpiped(report, written.unpiped, scope == null);
        written.stale.forEach(this::appendStale);
        return written.scan;
    }

    private void noteUnpiped(SurveyReport report, Set<PaneKey> seen, boolean isWhole) {
        Set<ContainerId> scanned =
                report.readings().stream().map(BenchReading::bench).collect(Collectors.toSet());
        if (isWhole) {
            unpiped.keySet().retainAll(scanned);
        }
        Map<ContainerId, Set<PaneKey>> byBench =
                seen.stream().collect(Collectors.groupingBy(PaneKey::container, Collectors.toSet()));
        scanned.forEach(bench -> unpiped.put(bench, byBench.getOrDefault(bench, Set.of())));
    }

    private PaneScan writeFailure(PaneScan scan) {
        store.write(writes -> {
            writes.insertScan(scan, false);
            return scan;
        });
        return scan;
    }

    private void appendStale(PaneStore.StaleAttachment attachment) {
        attachments.append(
                "pane_reconcile.stale_cascade",
                new AttachmentChange(
                        attachment.attachmentId(),
                        attachment.agentId(),
                        AttachmentStatus.ACTIVE,
                        AttachmentStatus.STALE,
                        attachment.logPath(),
                        attachment.logPath(),
                        attachment.priorPipeTarget(),
                        attachment.source()),
                daemonUid);
    }

    private void appendIfDegraded(PaneScan scan) {
        ErrorCode code = scan.errorCode();
        if (code == null) {
            return;
        }
        try {
            audit.append(DegradedScan.record(
                    "pane_scan_degraded", scan.scanId(), code, scan.errorMessage(), scan.problems()));
        } catch (AuditUnavailableException failure) {
            lifecycle.report(LifecycleEvent.PANE_SCAN_JSONL_FAILED, "scan_id", scan.scanId());
            throw internal("pane scan degraded event append failed");
        }
    }

    private void reportCompleted(PaneScan scan, @Nullable ErrorCode error) {
        lifecycle.report(
                LifecycleEvent.PANE_SCAN_COMPLETED,
                "scan_id",
                scan.scanId(),
                "status",
                scan.degraded() ? "degraded" : "ok",
                "containers",
                scan.containersScanned(),
                "sockets",
                scan.socketsScanned(),
                "panes_seen",
                scan.panesSeen(),
                "newly_active",
                scan.panesNewlyActive(),
                "inactivated",
                scan.panesReconciledInactive(),
                "skipped_inactive",
                scan.containersSkippedInactive(),
                "tmux_unavailable",
                scan.containersTmuxUnavailable(),
                "error",
                error == null ? "" : error.wire());
    }

    /** A scan that saw and changed nothing. */
    private PaneScan empty(String scanId, String startedAt, EngineReport.Failure failure) {
        return new PaneScan(
                scanId, startedAt, stamp(), 0, 0, 0, 0, 0, 0, 0, failure.code(), failure.message(), List.of());
    }

    private String stamp() {
        return Timestamps.micros(clock.instant());
    }

    private static RefusedException internal(String detail) {
        return new RefusedException(
                ErrorCode.INTERNAL_ERROR, Text.singleLine("pane scan failed: " + detail, Text.MESSAGE_LIMIT));
    }

    private record Written(PaneScan scan, List<PaneStore.StaleAttachment> stale, Set<PaneKey> unpiped) {}
}
