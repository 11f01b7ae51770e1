package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.Faults;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.BenchUser;
import dev.agenttower.core.pane.PaneChanges;
import dev.agenttower.core.pane.PaneStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the stored state up to date by scanning only the parts that a watch has reported as changed. Idle, it reads and writes nothing except a
 * check of the host every two seconds.
 *
 * <p>Events of the engine trigger a container scan. After every container scan, of any origin, the watches follow the active bench containers; a
 * container that appeared or disappeared is scanned for panes, and so is one whose watch reports a change. A burst of events triggers one scan.
 *
 * <p>A refused scan is retried later, unless only a change of the settings or the return of the engine can help. When a lost engine returns, all
 * its containers are scanned and watched anew.
 *
 * <p>Thread-safe.
 */
public final class LiveDiscovery implements AutoCloseable {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SETTLING = Duration.ofMillis(200);
    private static final Duration HOST_PERIOD = Duration.ofSeconds(2);

    private final ContainerChanges containerChanges;
    private final Optional<HostBench> host;
    private final ContainerDiscovery containers;
    private final PaneDiscovery panes;
    private final PaneStore store;
    private final BenchUser users;
    private final ScheduledExecutorService executor;
    private final BenchWatches watches;
    private final CoalescedWork containerWork;
    private final CoalescedWork followWork;
    private final CoalescedWork paneWork;
    private final Set<ContainerId> changed = new HashSet<>();
    private final AtomicBoolean watchesBroken = new AtomicBoolean();
    private volatile @Nullable String engineTrouble;
    private boolean started;
    private boolean closed;
    private @Nullable Subscription containerNews;
    private @Nullable Subscription scanNews;
    private @Nullable Future<?> hostTick;

    /**
     * Builds the use case from its ports; watching begins with {@link #start()}.
     *
     * @param executor runs the scans and the delays; owned by the caller, who must close this object first; must not be the executor of
     *     {@code panes}
     */
    public LiveDiscovery(
            ContainerChanges containerChanges,
            PaneChanges paneChanges,
            Optional<HostBench> host,
            ContainerDiscovery containers,
            PaneDiscovery panes,
            PaneStore store,
            String userFallback,
            ScheduledExecutorService executor) {
        this.containerChanges = requireNonNull(containerChanges, "containerChanges");
        this.host = requireNonNull(host, "host");
        this.containers = requireNonNull(containers, "containers");
        this.panes = requireNonNull(panes, "panes");
        this.store = requireNonNull(store, "store");
        this.users = new BenchUser(userFallback);
        this.executor = requireNonNull(executor, "executor");
        this.watches = new BenchWatches(requireNonNull(paneChanges, "paneChanges"), this::paneChanged);
        this.containerWork = new CoalescedWork(executor, this::scanContainers);
        this.followWork = new CoalescedWork(executor, this::followBenches);
        this.paneWork = new CoalescedWork(executor, this::scanPanes);
    }

    /**
     * Starts watching.
     *
     * @throws IllegalStateException if this was started before
     */
    public synchronized void start() {
        if (started) {
            throw new IllegalStateException("live discovery was started before");
        }
        started = true;
        scanNews = containers.onScanned(() -> followWork.request(SETTLING));
        containerNews = containerChanges.watch(new EngineNews());
        if (host.isPresent()) {
            hostTick =
                    executor.scheduleWithFixedDelay(this::lookAtHost, 0, HOST_PERIOD.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Why the container engine is currently lost; null while it answers, and before the first attempt has ended. */
    public @Nullable String engineTrouble() {
        return engineTrouble;
    }

    /** Ends all watches. Running scans complete. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (hostTick != null) {
            hostTick.cancel(false);
        }
        closeIfOpen(containerNews);
        closeIfOpen(scanNews);
        containerWork.close();
        followWork.close();
        paneWork.close();
        watches.close();
    }

    private static void closeIfOpen(@Nullable Subscription subscription) {
        if (subscription != null) {
            subscription.close();
        }
    }

    private void lookAtHost() {
        try {
            containers.followHost();
        } catch (RuntimeException bug) {
            // The outermost frame of the periodic check: an exception would silently end it.
            Faults.show(bug);
        }
    }

    private boolean scanContainers() {
        try {
            containers.scan();
            return true;
        } catch (RefusedException refused) {
            return refused.code() == ErrorCode.CONFIG_INVALID || engineTrouble != null;
        }
    }

    private boolean followBenches() {
        List<BenchContainer> active;
        try {
            active = store.activeBenches(null);
        } catch (StorageException trouble) {
            return false;
        }
        List<BenchTarget> targets =
                active.stream().flatMap(bench -> users.target(bench).stream()).toList();
        Set<ContainerId> broken = watchesBroken.getAndSet(false) ? onEngine(watches.watched()) : Set.of();
        Set<ContainerId> news = watches.follow(targets, broken);
        if (!news.isEmpty()) {
            requestScan(news, AT_ONCE);
        }
        return true;
    }

    private Set<ContainerId> onEngine(Set<ContainerId> benches) {
        Set<ContainerId> onEngine = new HashSet<>(benches);
        host.ifPresent(bench -> onEngine.remove(bench.id()));
        return onEngine;
    }

    private boolean scanPanes() {
        Set<ContainerId> benches = takeChanged();
        if (benches.isEmpty()) {
            return true;
        }
        try {
            // A bench that was too slow would otherwise stay as it was until its next change.
            Set<ContainerId> slow = panes.scanThese(benches).problems().stream()
                    .filter(problem -> problem.code() == ErrorCode.DOCKER_EXEC_TIMEOUT)
                    .map(ScanProblem::container)
                    .collect(Collectors.toSet());
            noteChanged(slow);
            return slow.isEmpty();
        } catch (RefusedException refused) {
            if (engineTrouble != null) {
                return true;
            }
            noteChanged(benches);
            return false;
        }
    }

    private void paneChanged(ContainerId bench) {
        requestScan(Set.of(bench), SETTLING);
    }

    private void requestScan(Set<ContainerId> benches, Duration delay) {
        noteChanged(benches);
        paneWork.request(delay);
    }

    private void noteChanged(Set<ContainerId> benches) {
        synchronized (changed) {
            changed.addAll(benches);
        }
    }

    private Set<ContainerId> takeChanged() {
        synchronized (changed) {
            Set<ContainerId> taken = Set.copyOf(changed);
            changed.clear();
            return taken;
        }
    }

    private final class EngineNews implements ContainerChanges.Listener {
        @Override
        public void connected() {
            if (engineTrouble != null) {
                watchesBroken.set(true);
            }
            engineTrouble = null;
            containerWork.request(AT_ONCE);
        }

        @Override
        public void changed() {
            containerWork.request(SETTLING);
        }

        @Override
        public void lost(String reason) {
            engineTrouble = reason;
        }
    }
}
