package dev.agenttower.core.pane;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Simultaneous moves of panes to new addresses; panes may exchange addresses. Immutable. */
public final class PaneMoves {
    private final Map<PaneKey, PaneKey> targets;
    private final Map<PaneKey, PaneKey> origins = new HashMap<>();

    /**
     * Moves in the given order.
     *
     * @param targets the new address of each pane by its old one
     * @throws IllegalArgumentException if two panes have the same new address, or one has the same as before
     */
    public PaneMoves(Map<PaneKey, PaneKey> targets) {
        this.targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        targets.forEach((from, to) -> {
            if (from.equals(to) || origins.put(to, from) != null) {
                throw new IllegalArgumentException("not a move, or a second one to the same address: " + to);
            }
        });
    }

    /** The new addresses by the old ones. */
    public Map<PaneKey, PaneKey> targets() {
        return targets;
    }

    /** Whether a pane is moved to this address. */
    public boolean leadTo(PaneKey address) {
        return origins.containsKey(address);
    }

    /**
     * The free address for an entry at {@code target} that is not moved itself: the address that becomes free by the move to {@code target} and,
     * in turn, by the moves to the addresses so vacated. Empty if the entry at {@code target} is moved itself.
     */
    public Optional<PaneKey> leftFor(PaneKey target) {
        if (targets.containsKey(target)) {
            return Optional.empty();
        }
        PaneKey free = target;
        for (PaneKey from = origins.get(free); from != null; from = origins.get(free)) {
            free = from;
        }
        return Optional.of(free);
    }
}
