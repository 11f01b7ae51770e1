package dev.agenttower.core.scan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toList;

import dev.agenttower.core.discovery.ContainerDiscovery;
import dev.agenttower.core.discovery.PaneDiscovery;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.scan.ScanRecord.Result;
import dev.agenttower.core.scan.ScanRecord.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Scans for control panels: a request joins a running scan of its kind, at most four scans run at once, and the last hundred are kept.
 * Thread-safe.
 */
public final class AppScans {
    /** The maximum number of running scans. */
    public static final int MAX_RUNNING = 4;
    /** The maximum number of kept scans; the oldest completed one is dropped first. */
    public static final int MAX_REMEMBERED = 100;

    private final Map<ScanKind, Supplier<Result>> work;
    private final InstantSource clock;
    private final Executor executor;
    private final int maxRunning;
    private final int maxRemembered;
    // Oldest first.
    private final Map<String, Scan> scans = new LinkedHashMap<>();

    /**
     * Builds the use case.
     *
     * @param executor runs the scans; owned by the caller
     */
    public AppScans(ContainerDiscovery containers, PaneDiscovery panes, InstantSource clock, Executor executor) {
        this(
                Map.of(
                        ScanKind.CONTAINERS,
                        () -> new Result.Containers(containers.scan()),
                        ScanKind.PANES,
                        () -> new Result.Panes(panes.scan(null))),
                clock,
                executor,
                MAX_RUNNING,
                MAX_REMEMBERED);
        requireNonNull(containers, "containers");
        requireNonNull(panes, "panes");
    }

    AppScans(
            Map<ScanKind, Supplier<Result>> work,
            InstantSource clock,
            Executor executor,
            int maxRunning,
            int maxRemembered) {
        this.work = Map.copyOf(work);
        this.clock = requireNonNull(clock, "clock");
        this.executor = requireNonNull(executor, "executor");
        this.maxRunning = maxRunning;
        this.maxRemembered = maxRemembered;
    }

    /**
     * Starts a scan, or joins the running one of this kind.
     *
     * <p>A scan that fails, or that the executor rejects, ends as {@link State#FAILED}. Exceptions other than refusals also propagate to the
     * executor, so that its owner can log them.
     *
     * @param wait how long to wait for its end; zero does not wait. An interrupt ends the wait and the interrupt status is kept
     * @return the scan after the wait, possibly still running
     * @throws RefusedException {@code VALIDATION_FAILED} if too many scans run
     */
    public ScanRecord start(ScanKind kind, Duration wait) {
        Scan fresh = new Scan(kind, clock.millis());
        Scan scan = joinOrAdd(fresh);
        if (scan == fresh) {
            try {
                executor.execute(() -> run(fresh));
            } catch (RejectedExecutionException stopping) {
                end(fresh, failure(stopping));
            }
        }
        await(scan, wait);
        return scan.record();
    }

    /** A scan by its id, if it is still kept. */
    public Optional<ScanRecord> find(String scanId) {
        synchronized (scans) {
            return Optional.ofNullable(scans.get(scanId)).map(Scan::record);
        }
    }

    private Scan joinOrAdd(Scan fresh) {
        synchronized (scans) {
            List<Scan> running =
                    scans.values().stream().filter(scan -> !scan.hasEnded()).collect(toList());
            for (Scan scan : running) {
                if (scan.started.kind() == fresh.started.kind()) {
                    return scan;
                }
            }
            if (running.size() >= maxRunning) {
                throw RefusedException.invalid("scan_kind", "too_many_scans_in_flight");
            }
            scans.put(fresh.started.scanId(), fresh);
            forgetOldest();
            return fresh;
        }
    }

    private void forgetOldest() {
        Iterator<Scan> oldest = scans.values().iterator();
        while (scans.size() > maxRemembered && oldest.hasNext()) {
            if (oldest.next().hasEnded()) {
                oldest.remove();
            }
        }
    }

    private void run(Scan scan) {
        Supplier<Result> scanning = requireNonNull(work.get(scan.started.kind()), "work");
        try {
            end(scan, scanning.get());
        } catch (RefusedException refusal) {
            end(scan, failure(refusal));
        } catch (RuntimeException | Error fault) {
            // The outermost frame of a scan: its record must always end, or later scans of its kind would join a dead
            // one.
            end(scan, failure(fault));
            throw fault;
        }
    }

    private void end(Scan scan, Result result) {
        scan.end(result, clock.millis());
    }

    private static Result failure(Throwable failure) {
        return new Result.Failure(failure.getClass().getSimpleName());
    }

    private static void await(Scan scan, Duration wait) {
        if (wait.isZero()) {
            return;
        }
        try {
            scan.end.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stillRunning) {
            // The record reports it to the caller.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Scan {
        private final ScanRecord started;
        private final CompletableFuture<ScanRecord> end = new CompletableFuture<>();

        private Scan(ScanKind kind, long startedAtMillis) {
            String id = UUID.randomUUID().toString().replace("-", "");
            this.started = new ScanRecord(id, kind, State.RUNNING, startedAtMillis, null, null);
        }

        private ScanRecord record() {
            return end.getNow(started);
        }

        private boolean hasEnded() {
            return end.isDone();
        }

        private void end(Result result, long now) {
            State state = result instanceof Result.Failure ? State.FAILED : State.COMPLETED;
            end.complete(
                    new ScanRecord(started.scanId(), started.kind(), state, started.startedAtMillis(), now, result));
        }
    }
}
