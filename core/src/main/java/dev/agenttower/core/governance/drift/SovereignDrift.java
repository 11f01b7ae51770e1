package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicySource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the sovereign files of a project with what is known of them, and puts every change that nobody authorized on the ledger, once.
 *
 * <p>Whoever carries out an authorized change says so before ({@link #expect}) and after ({@link #confirm}, {@link #settle}); both survive a
 * crash, so that there is no moment at which such a change is taken for a drift. A drift is noted as unreported before it is told: interrupted
 * anywhere, the next comparison looks for its event before it writes one. What is compared first is only noted.
 *
 * <p>Thread-safe: one thread at a time compares, and holds the lock while it reads files, store and ledger.
 */
public final class SovereignDrift {
    private static final Baseline NOTHING = Baseline.of(List.of(), null);

    private final String project;
    private final PolicySource policy;
    private final SovereignFiles files;
    private final BaselineStore store;
    private final Ledger ledger;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Baseline known;
    private boolean isStarted;
    private volatile boolean isClosed;

    /**
     * The sovereign files of one project.
     *
     * @param project the key of the project in the store
     */
    public SovereignDrift(
            String project, PolicySource policy, SovereignFiles files, BaselineStore store, Ledger ledger) {
        this.project = project;
        this.policy = policy;
        this.files = files;
        this.store = store;
        this.ledger = ledger;
    }

    /**
     * Compares, and tells what drifted.
     *
     * @return what was found by this comparison
     * @throws dev.agenttower.core.governance.ledger.LedgerException if the ledger could not be read or written; nothing is lost, the next
     *     comparison tells it
     * @throws dev.agenttower.core.failure.StorageException if the store could not be read or written; likewise
     */
    public List<Drift> check() {
        return alone(() -> compare(path -> false));
    }

    /** The paths to be followed: those that the policy names, and those that it named when its settings could still be read. */
    public Set<String> paths() {
        return alone(() -> declared(base().orElse(null)));
    }

    /** The last drift that was told, if any; does not wait for a comparison that is under way. */
    public Optional<ReportedDrift> last() {
        return Optional.ofNullable(known).map(Baseline::last);
    }

    /** The directories that hold more files than are looked at, so that changes in them are not seen; does not wait either. */
    public Set<String> overfull() {
        Baseline baseline = known;
        return baseline == null ? Set.of() : baseline.overfull();
    }

    /** The sovereign paths of which not all can be looked at, each with a part of it that cannot; does not wait either. */
    public Map<String, String> incomplete() {
        Baseline baseline = known;
        return baseline == null ? Map.of() : baseline.incomplete();
    }

    /**
     * An authorized change of a path to a content is about to begin. What has drifted before is told first. Does nothing for a path that is
     * not sovereign.
     */
    void expect(String path, String sha256) {
        alone(() -> {
            compare(other -> false);
            if (!isClosed && policy.current().protectedPaths().isSovereign(path)) {
                save(base().orElseThrow().with(path, file -> file.expecting(sha256)));
            }
            return null;
        });
    }

    /** An authorized change has just given a path this content. */
    void confirm(String path, String sha256) {
        alone(() -> {
            Baseline base = base().orElse(null);
            if (!isClosed && base != null && base.files().containsKey(path)) {
                save(base.with(path, file -> file.with(Fingerprint.of(sha256)).expecting(null)));
            }
            return null;
        });
    }

    /** No authorized change of a path is under way any more, whatever became of it. */
    void settle(String path) {
        alone(() -> compare(path::equals));
    }

    /** Ends all comparing, and has what is known forgotten. It does not wait for a comparison that is under way. */
    public void forget() {
        isClosed = true;
        store.forget(project);
    }

    private List<Drift> compare(Predicate<String> isOver) {
        if (isClosed) {
            return List.of();
        }
        Baseline base = finishTelling(base().orElse(NOTHING));
        Set<String> declared = declared(base);
        Set<String> looked = new LinkedHashSet<>(base.declared());
        looked.addAll(declared);
        // What a crash left under way is either finished by now or will never be.
        Comparison comparison = Comparison.of(
                base,
                declared,
                files.look(looked),
                isStarted ? DetectedBy.WATCH : DetectedBy.START,
                isStarted ? isOver : path -> true);
        ReportedDrift last = tell(base, comparison.drifts());
        Baseline now = new Baseline(comparison.baseline().files(), last);
        if (!now.equals(known)) {
            save(now);
        }
        isStarted = true;
        return comparison.drifts();
    }

    /** What is named now; more where the settings, which name some of it, cannot be read or are gone. */
    private Set<String> declared(@Nullable Baseline base) {
        Policy now = policy.current();
        Set<String> declared = new LinkedHashSet<>(now.protectedPaths().sovereign());
        if (base != null
                && (now.problemOf(PolicyFiles.SETTINGS) != null
                        || files.look(Set.of(PolicyFiles.SETTINGS)).files().isEmpty())) {
            declared.addAll(base.declared());
        }
        return declared;
    }

    private @Nullable ReportedDrift tell(Baseline base, List<Drift> drifts) {
        if (drifts.isEmpty()) {
            return base.last();
        }
        LedgerCursor end = ledger.end();
        Map<String, KnownFile> telling = new TreeMap<>(base.files());
        for (Drift drift : drifts) {
            KnownFile file = telling.getOrDefault(drift.path(), KnownFile.of(drift.path(), false, null));
            telling.put(drift.path(), file.telling(new PendingDrift(drift.after(), drift.noticed(), end)));
        }
        save(new Baseline(telling, base.last()));
        return append(drifts, base.last());
    }

    /** Tells what was about to be told when a process ended, unless it had been. */
    private Baseline finishTelling(Baseline base) {
        Map<String, KnownFile> told = new TreeMap<>(base.files());
        List<Drift> missing = new ArrayList<>();
        @Nullable LedgerCursor place = null;
        for (KnownFile file : base.files().values()) {
            PendingDrift unreported = file.unreported();
            if (unreported != null) {
                place = unreported.ledger();
                missing.add(new Drift(file.path(), file.fingerprint(), unreported.after(), unreported.noticed()));
                told.put(file.path(), file.told(unreported));
            }
        }
        if (place == null) {
            return base;
        }
        ReportedDrift[] last = {base.last()};
        ledger.scanSince(place, LedgerFilter.all(), event -> {
            if (!event.isExternal() && missing.removeIf(drift -> drift.isToldBy(event))) {
                last[0] = newer(event, last[0]);
            }
            return !missing.isEmpty();
        });
        Baseline now = new Baseline(told, missing.isEmpty() ? last[0] : append(missing, last[0]));
        save(now);
        return now;
    }

    private @Nullable ReportedDrift append(List<Drift> drifts, @Nullable ReportedDrift before) {
        @Nullable ReportedDrift last = before;
        for (LedgerEvent event : ledger.append(drifts.stream().map(Drift::event).toList())) {
            last = newer(event, last);
        }
        return last;
    }

    private static @Nullable ReportedDrift newer(LedgerEvent event, @Nullable ReportedDrift before) {
        return event.actionType().equals(Drift.TYPE) ? ReportedDrift.of(event) : before;
    }

    private Optional<Baseline> base() {
        Baseline base = known != null ? known : store.find(project).orElse(null);
        known = base;
        return Optional.ofNullable(base);
    }

    private void save(Baseline baseline) {
        store.save(project, baseline);
        known = baseline;
    }

    private <T extends @Nullable Object> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
