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
 * Compares the sovereign files of a project with their baseline, and reports every unauthorized change on the ledger, once.
 *
 * <p>An authorized change is announced before ({@link #expect}) and after ({@link #confirm}, {@link #settle}) it is applied; both survive a
 * crash, so such a change is never reported as drift. A drift is stored as unreported before its event is appended: after an interruption the
 * next comparison searches for the event before it appends one. The first comparison of a file only records it.
 *
 * <p>Thread-safe: one thread at a time compares, holding the lock while it reads files, store and ledger.
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
     * Compares all sovereign files and reports drift.
     *
     * @return the drifts that this comparison found
     * @throws dev.agenttower.core.governance.ledger.LedgerException if the ledger could not be read or written; the next comparison retries
     * @throws dev.agenttower.core.failure.StorageException if the store could not be read or written; likewise
     */
    public List<Drift> check() {
        return alone(() -> compare(path -> false));
    }

    /** The paths to watch: those that the policy declares and, while its settings are missing or unreadable, those that it declared before. */
    public Set<String> paths() {
        return alone(() -> declared(base().orElse(null)));
    }

    /** The last reported drift, if any. Does not wait for a running comparison. */
    public Optional<ReportedDrift> last() {
        return Optional.ofNullable(known).map(Baseline::last);
    }

    /** The directories with more files than are checked, in which changes are not detected. Does not wait for a running comparison. */
    public Set<String> overfull() {
        Baseline baseline = known;
        return baseline == null ? Set.of() : baseline.overfull();
    }

    /** The sovereign paths that cannot be read completely, each with an unreadable part. Does not wait for a running comparison. */
    public Map<String, String> incomplete() {
        Baseline baseline = known;
        return baseline == null ? Map.of() : baseline.incomplete();
    }

    /**
     * Announces an authorized change of a path to the given content. Earlier drift is reported first. Does nothing for a path that is not
     * sovereign.
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

    /** Records that an authorized change gave a path this content. */
    void confirm(String path, String sha256) {
        alone(() -> {
            Baseline base = base().orElse(null);
            if (!isClosed && base != null && base.files().containsKey(path)) {
                save(base.with(path, file -> file.with(Fingerprint.of(sha256)).expecting(null)));
            }
            return null;
        });
    }

    /** Ends the authorized change of a path, whatever its outcome. */
    void settle(String path) {
        alone(() -> compare(path::equals));
    }

    /** Stops all comparisons and deletes the baseline. Does not wait for a running comparison. */
    public void forget() {
        isClosed = true;
        store.forget(project);
    }

    private List<Drift> compare(Predicate<String> isOver) {
        if (isClosed) {
            return List.of();
        }
        Baseline base = reportPending(base().orElse(NOTHING));
        Set<String> declared = declared(base);
        Set<String> checked = new LinkedHashSet<>(base.declared());
        checked.addAll(declared);
        // Changes that a crash interrupted are recovered before the first comparison.
        Comparison comparison = Comparison.of(
                base,
                declared,
                files.snapshot(checked),
                isStarted ? DetectedBy.WATCH : DetectedBy.START,
                isStarted ? isOver : path -> true);
        ReportedDrift last = report(base, comparison.drifts());
        Baseline now = new Baseline(comparison.baseline().files(), last);
        if (!now.equals(known)) {
            save(now);
        }
        isStarted = true;
        return comparison.drifts();
    }

    /** The declared paths; includes those of the baseline while the settings file, which declares some, is missing or unreadable. */
    private Set<String> declared(@Nullable Baseline base) {
        Policy now = policy.current();
        Set<String> declared = new LinkedHashSet<>(now.protectedPaths().sovereign());
        if (base != null
                && (now.problemOf(PolicyFiles.SETTINGS) != null
                        || files.snapshot(Set.of(PolicyFiles.SETTINGS)).files().isEmpty())) {
            declared.addAll(base.declared());
        }
        return declared;
    }

    private @Nullable ReportedDrift report(Baseline base, List<Drift> drifts) {
        if (drifts.isEmpty()) {
            return base.last();
        }
        LedgerCursor end = ledger.end();
        Map<String, KnownFile> reporting = new TreeMap<>(base.files());
        for (Drift drift : drifts) {
            KnownFile file = reporting.getOrDefault(drift.path(), KnownFile.of(drift.path(), false, null));
            reporting.put(drift.path(), file.reporting(new PendingDrift(drift.after(), drift.noticed(), end)));
        }
        save(new Baseline(reporting, base.last()));
        return append(drifts, base.last());
    }

    /** Reports drift that was unreported when a process ended, unless its event exists. */
    private Baseline reportPending(Baseline base) {
        Map<String, KnownFile> reported = new TreeMap<>(base.files());
        List<Drift> missing = new ArrayList<>();
        @Nullable LedgerCursor place = null;
        for (KnownFile file : base.files().values()) {
            PendingDrift unreported = file.unreported();
            if (unreported != null) {
                place = unreported.ledger();
                missing.add(new Drift(file.path(), file.fingerprint(), unreported.after(), unreported.noticed()));
                reported.put(file.path(), file.reported(unreported));
            }
        }
        if (place == null) {
            return base;
        }
        ReportedDrift[] last = {base.last()};
        ledger.scanSince(place, LedgerFilter.all(), event -> {
            if (!event.isExternal() && missing.removeIf(drift -> drift.isReportedBy(event))) {
                last[0] = newer(event, last[0]);
            }
            return !missing.isEmpty();
        });
        Baseline now = new Baseline(reported, missing.isEmpty() ? last[0] : append(missing, last[0]));
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
