package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the scanned containers with the stored panes, within the transaction that writes the outcome: containers that became inactive during
 * the query count as inactive.
 */
final class PaneReconciliation {
    private final PaneMatches matches;
    private final List<PaneKey> touched = new ArrayList<>();
    private final List<PaneKey> gone = new ArrayList<>();
    private final int skippedInactive;
    private int newlyActive;

    private PaneReconciliation(PaneMatches matches, int skippedInactive) {
        this.matches = matches;
        this.skippedInactive = skippedInactive;
    }

    /**
     * Decides the new state of every pane of the scanned and of the inactive containers.
     *
     * @param scope the containers of the scan; null is all
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

        Map<PaneKey, SeenPane> listed = new LinkedHashMap<>();
        active.values().forEach(reading -> listed.putAll(reading.panes()));
        List<PaneStore.KnownPane> stored = writes.panesOf(concerned);
        PaneReconciliation outcome = new PaneReconciliation(new PaneMatches(listed, stored), inactive.size());
        outcome.decide(stored, active);
        return outcome;
    }

    /** The only container of a scope, for stores that can restrict to one; null if the scope is wider. */
    static @Nullable ContainerId onlyOf(@Nullable Set<ContainerId> scope) {
        return scope != null && scope.size() == 1 ? scope.iterator().next() : null;
    }

    private void decide(List<PaneStore.KnownPane> stored, Map<ContainerId, BenchReading> active) {
        newlyActive = matches.seen().size();
        for (PaneStore.KnownPane pane : stored) {
            if (matches.isSeen(pane)) {
                newlyActive -= pane.active() ? 1 : 0;
            } else if (!matches.seen().containsKey(pane.key())) {
                decide(pane, active.get(pane.key().container()));
            } else if (pane.active()) {
                // Another pane has its address, which its server would not reuse while the pane exists.
                gone.add(pane.key());
            }
        }
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

    /** Writes the outcome and returns the log attachments that became stale. */
    List<PaneStore.StaleAttachment> write(PaneStore.Writes writes, String at) {
        // Panes that are gone, at their old addresses; then the seen ones, at their new addresses.
        writes.deactivate(gone, at);
        List<PaneStore.StaleAttachment> stale = writes.staleAttachments(gone, at);
        writes.move(matches.moves());
        Map<PaneKey, SeenPane> seen = matches.seen();
        writes.upsert(seen.values().stream().map(SeenPane::pane).toList());
        writes.identify(identities(seen));
        writes.touch(touched, at);
        writes.markAgentsSeen(seen.keySet(), at);
        return stale;
    }

    private static Map<PaneKey, PaneIdentity> identities(Map<PaneKey, SeenPane> seen) {
        Map<PaneKey, PaneIdentity> identities = new LinkedHashMap<>();
        seen.forEach((key, pane) -> {
            PaneIdentity identity = pane.identity();
            if (identity != null) {
                identities.put(key, identity);
            }
        });
        return identities;
    }

    /** The seen panes that tmux told to have no pipe, at their new addresses. */
    Set<PaneKey> unpiped() {
        return matches.seen().values().stream()
                .filter(seen -> Boolean.FALSE.equals(seen.isPiped()))
                .map(SeenPane::key)
                .collect(Collectors.toSet());
    }

    int seen() {
        return matches.seen().size();
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
