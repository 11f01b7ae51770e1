package dev.agenttower.core.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was read of benches against what is stored, within the transaction that writes the outcome: benches that became inactive
 * while they were asked count as inactive.
 */
final class PaneReconciliation {
    private final Map<PaneKey, Pane> upserts = new LinkedHashMap<>();
    private final List<PaneKey> touched = new ArrayList<>();
    private final List<PaneKey> gone = new ArrayList<>();
    private int newlyActive;
    private int skippedInactive;

    private PaneReconciliation() {}

    /**
     * Decides what becomes of every pane of the benches that were read and of inactive benches.
     *
     * @param scope the benches that the scan is about; null is all
     */
    static PaneReconciliation of(
            PaneStore.Writes writes, List<BenchReading> readings, @Nullable Set<ContainerId> scope) {
        Map<ContainerId, BenchReading> active = new LinkedHashMap<>();
        readings.forEach(reading -> active.put(reading.bench(), reading));
        Set<ContainerId> concerned = new HashSet<>(active.keySet());
        active.keySet().removeAll(writes.inactiveAmong(Set.copyOf(concerned)));
        Set<ContainerId> inactive = new HashSet<>(writes.inactiveWithPanes(onlyOf(scope)));
        if (scope != null) {
            inactive.retainAll(scope);
        }
        concerned.addAll(inactive);

        PaneReconciliation outcome = new PaneReconciliation();
        outcome.skippedInactive = inactive.size();
        active.values().forEach(reading -> outcome.upserts.putAll(reading.panes()));
        outcome.decide(writes.panesOf(concerned), active);
        return outcome;
    }

    /** The only bench of a scope, for stores that can narrow to one; null if the scope is wider. */
    static @Nullable ContainerId onlyOf(@Nullable Set<ContainerId> scope) {
        return scope != null && scope.size() == 1 ? scope.iterator().next() : null;
    }

    private void decide(List<PaneStore.KnownPane> stored, Map<ContainerId, BenchReading> active) {
        Map<PaneKey, Boolean> known = new HashMap<>();
        for (PaneStore.KnownPane pane : stored) {
            known.put(pane.key(), pane.active());
            if (!upserts.containsKey(pane.key())) {
                decide(pane, active.get(pane.key().container()));
            }
        }
        newlyActive = (int) upserts.keySet().stream()
                .filter(key -> !known.getOrDefault(key, false))
                .count();
    }

    private void decide(PaneStore.KnownPane pane, @Nullable BenchReading reading) {
        BenchReading.Unseen verdict = reading == null ? BenchReading.Unseen.PLACE_GONE : reading.verdict(pane.key());
        boolean stays = verdict == BenchReading.Unseen.UNKNOWN || verdict == BenchReading.Unseen.PERHAPS;
        boolean noted = verdict == BenchReading.Unseen.UNKNOWN || verdict == BenchReading.Unseen.PLACE_GONE;
        if (pane.active()) {
            (stays ? touched : gone).add(pane.key());
        } else if (noted) {
            touched.add(pane.key());
        }
    }

    /** Writes the outcome and returns the log attachments that became stale by it. */
    List<PaneStore.StaleAttachment> write(PaneStore.Writes writes, String at) {
        writes.upsert(upserts.values());
        writes.touch(touched, at);
        writes.markAgentsSeen(upserts.keySet(), at);
        writes.deactivate(gone, at);
        return writes.staleAttachments(gone, at);
    }

    int seen() {
        return upserts.size();
    }

    int newlyActive() {
        return newlyActive;
    }

    int reconciledInactive() {
        return gone.size();
    }

    int skippedInactive() {
        return skippedInactive;
    }
}
