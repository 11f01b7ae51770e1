package dev.agenttower.core.pane;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Panes that stand at other addresses than before, all moved at once: they may exchange their addresses. Immutable. */
public final class PaneMoves {
    private final Map<PaneKey, PaneKey> targets;
    private final Map<PaneKey, PaneKey> origins = new HashMap<>();

    /**
     * Moves, which are made in this order.
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
     * Where what stands at {@code target}, to which a pane is moved, can go: the address that becomes free by that move and those to the
     * addresses that it leaves in turn. Nothing if what stands there is moved itself.
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
