package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stored bench containers up to date: lists the running containers, matches them against the rule and writes the result in one
 * transaction.
 *
 * <p>The host's own bench does not depend on the engine: it is updated in the same transaction even if the engine is unavailable, counts as
 * matched while it is present, and never becomes inactive because the engine does not list it.
 *
 * <p>Thread-safe. Scans run one after another; a scan that waits begins when the one before it has ended.
 */
public final class ContainerDiscovery {
    private final EngineSurvey survey;
    private final Optional<HostPresence> host;
    private final ContainerStore store;
    private final AuditLog audit;
    private final LifecycleLog lifecycle;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    // Guards reading the host's state together with the write based on it. Separate from the turn, which is held while
    // the engine is queried.
    private final ReentrantLock writing = new ReentrantLock(true);

    /** Builds the use case from its ports. */
    public ContainerDiscovery(
            ContainerRuntime runtime,
            Optional<HostBench> host,
            ContainerStore store,
            AuditLog audit,
            LifecycleLog lifecycle,
            SettingsSource settings,
            InstantSource clock) {
        this.survey = new EngineSurvey(runtime, settings);
        this.host = host.map(bench -> new HostPresence(bench, settings));
        this.store = requireNonNull(store, "store");
        this.audit = requireNonNull(audit, "audit");
        this.lifecycle = requireNonNull(lifecycle, "lifecycle");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Scans now.
     *
     * @return the scan, possibly degraded
     * @throws dev.agenttower.core.failure.RefusedException if the whole scan failed: {@code CONFIG_INVALID} or one of the Docker codes, and the
     *     scan is stored as degraded; or {@code INTERNAL_ERROR} if the store cannot be written, and nothing is stored, or if the audit record of
     *     a stored degraded scan cannot be appended
     */
    public ContainerScan scan() {
        try {
            turn.lock();
            try {
                return scanInTurn();
            } finally {
                turn.unlock();
            }
        } finally {
            tellListeners();
        }
    }

    /**
     * Calls {@code listener} after every scan, including failed ones, and after every update of the host's bench: the set of active bench
     * containers may have changed. Called on the scanning thread; must return at once.
     */
    public Subscription onScanned(Runnable listener) {
        // A separate wrapper: closing one of two subscriptions of the same listener must keep the other.
        Runnable entry = () -> listener.run();
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    /** Includes the tmux server at this socket in the host's bench, if the host can be a bench: see {@link HostBench#include}. */
    public void includeOnHost(String socketPath) {
        host.ifPresent(bench -> bench.include(socketPath));
    }

    /**
     * Updates the host's bench if tmux was started or stopped since the last update; otherwise costs one check. Failures are left to the next
     * call.
     */
    public void followHost() {
        if (host.isEmpty() || !host.get().hasNews()) {
            return;
        }
        try {
            bringUpToDate(host.get());
        } catch (InvalidSettingsException | StorageException trouble) {
            return;
        }
        tellListeners();
    }

    private void bringUpToDate(HostPresence bench) {
        writing.lock();
        try {
            HostPresence.Look look = bench.look();
            store.write(writes -> look.reconcile(writes, writes.active(), stamp()));
            bench.remember(look);
        } finally {
            writing.unlock();
        }
    }

    private ContainerScan scanInTurn() {
        String scanId = UUID.randomUUID().toString();
        String startedAt = stamp();
        lifecycle.report(LifecycleEvent.SCAN_STARTED, "scan_id", scanId);
        ContainerScan outcome = failed(scanId, startedAt);
        ErrorCode error = ErrorCode.INTERNAL_ERROR;
        try {
            EngineReport report = survey.take();
            outcome = write(scanId, startedAt, report);
            appendIfDegraded(outcome);
            error = outcome.errorCode();
            report.refuseIfFailed();
            return outcome;
        } catch (StorageException failure) {
            throw internal(String.valueOf(failure.getMessage()));
        } finally {
            reportCompleted(outcome, error);
        }
    }

    private ContainerScan write(String scanId, String startedAt, EngineReport report) {
        writing.lock();
        try {
            Optional<HostPresence.Look> look = host.flatMap(HostPresence::lookIfAllowed);
            ContainerScan scan = store.write(writes -> {
                Set<ContainerId> active = writes.active();
                String now = stamp();
                int inactive = reconcile(writes, report, active, now);
                boolean hostLeft = look.isPresent() && look.get().reconcile(writes, active, now);
                boolean hostCounts = report.failure() == null
                        && look.map(HostPresence.Look::present).orElse(false);
                ContainerScan result = new ContainerScan(
                        scanId,
                        startedAt,
                        stamp(),
                        report.matched() + (hostCounts ? 1 : 0),
                        report.failure() == null ? inactive + (hostLeft ? 1 : 0) : 0,
                        report.ignored(),
                        report.errorCode(),
                        report.errorMessage(),
                        report.problems());
                writes.insertScan(result, report.failure() == null && result.degraded());
                return result;
            });
            look.ifPresent(seen -> host.orElseThrow().remember(seen));
            return scan;
        } finally {
            writing.unlock();
        }
    }

    /** Writes the engine's report and returns the number of containers that became inactive; writes nothing if the engine could not be queried. */
    private int reconcile(ContainerStore.Writes writes, EngineReport report, Set<ContainerId> active, String now) {
        if (report.failure() != null) {
            return 0;
        }
        Set<ContainerId> found = new HashSet<>();
        for (InspectedContainer container : report.found()) {
            writes.upsert(container, now);
            found.add(container.id());
        }
        Set<ContainerId> unreadable = new HashSet<>(report.unreadable());
        unreadable.removeAll(found);
        unreadable.retainAll(writes.known());
        writes.touch(unreadable, now);
        Set<ContainerId> gone = new HashSet<>(active);
        gone.removeAll(found);
        gone.removeAll(unreadable);
        host.ifPresent(bench -> gone.remove(bench.id()));
        writes.deactivate(gone, now);
        return gone.size();
    }

    private void appendIfDegraded(ContainerScan scan) {
        ErrorCode code = scan.errorCode();
        if (code == null) {
            return;
        }
        try {
            audit.append(DegradedScan.record(
                    "container_scan_degraded", scan.scanId(), code, scan.errorMessage(), scan.problems()));
        } catch (AuditUnavailableException failure) {
            lifecycle.report(LifecycleEvent.SCAN_JSONL_FAILED, "scan_id", scan.scanId());
            throw internal("container scan degraded event append failed");
        }
    }

    private void reportCompleted(ContainerScan scan, @Nullable ErrorCode error) {
        lifecycle.report(
                LifecycleEvent.SCAN_COMPLETED,
                "scan_id",
                scan.scanId(),
                "status",
                scan.degraded() ? "degraded" : "ok",
                "matched",
                scan.matchedCount(),
                "inactive",
                scan.inactiveReconciledCount(),
                "ignored",
                scan.ignoredCount(),
                "error",
                error == null ? "" : error.wire());
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    private String stamp() {
        return Timestamps.micros(clock.instant());
    }

    /** The refusal for a scan that was not stored. */
    private static ContainerScan failed(String scanId, String startedAt) {
        return new ContainerScan(
                scanId, startedAt, startedAt, 0, 0, 0, ErrorCode.INTERNAL_ERROR, "nothing was stored", List.of());
    }

    private static RefusedException internal(String detail) {
        return new RefusedException(
                ErrorCode.INTERNAL_ERROR, Text.singleLine("scan failed: " + detail, Text.MESSAGE_LIMIT));
    }
}
