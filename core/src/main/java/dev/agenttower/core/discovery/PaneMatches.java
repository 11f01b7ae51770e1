package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneMoves;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches seen panes with stored ones: by server and tmux id where both servers are known, else by address.
 *
 * <p>tmux lists a pane at every session that its window is linked to. It is one pane, and keeps its stored address as long as tmux lists it
 * there.
 */
final class PaneMatches {
    private final Map<PaneKey, SeenPane> seen = new LinkedHashMap<>();
    private final PaneMoves moves;

    PaneMatches(Map<PaneKey, SeenPane> listed, List<PaneStore.KnownPane> stored) {
        Map<Itself, PaneKey> known = new HashMap<>();
        for (PaneStore.KnownPane pane : stored) {
            if (pane.server() != null) {
                known.put(new Itself(pane.key(), pane.server()), pane.key());
            }
        }
        Map<Itself, PaneKey> addresses = new LinkedHashMap<>();
        listed.forEach((key, pane) -> {
            TmuxServer server = pane.server();
            if (server == null) {
                seen.put(key, pane);
                return;
            }
            Itself itself = new Itself(key, server);
            PaneKey before = addresses.get(itself);
            if (before != null && !key.equals(known.get(itself))) {
                return;
            }
            if (before != null) {
                seen.remove(before);
            }
            seen.put(key, pane);
            addresses.put(itself, key);
        });
        Map<PaneKey, PaneKey> moved = new LinkedHashMap<>();
        addresses.forEach((itself, key) -> {
            PaneKey before = known.get(itself);
            if (before != null && !before.equals(key)) {
                moved.put(before, key);
            }
        });
        this.moves = new PaneMoves(moved);
    }

    /** The panes that were seen, each once, by address. */
    Map<PaneKey, SeenPane> seen() {
        return seen;
    }

    /** The known panes whose address has changed. */
    PaneMoves moves() {
        return moves;
    }

    /** Whether a stored pane is among those that were seen. */
    boolean isSeen(PaneStore.KnownPane stored) {
        if (moves.targets().containsKey(stored.key())) {
            return true;
        }
        SeenPane here = seen.get(stored.key());
        return here != null && !moves.leadTo(stored.key()) && isSame(stored.server(), here.server());
    }

    private static boolean isSame(@Nullable TmuxServer one, @Nullable TmuxServer other) {
        return one == null || other == null || one.equals(other);
    }

    /** The identity of a pane, where its server is known. */
    private record Itself(ContainerId container, TmuxServer server, String paneId) {
        Itself(PaneKey key, TmuxServer server) {
            this(key.container(), server, key.paneId());
        }
    }
}
