package dev.agenttower.core.pane;

import dev.agenttower.core.failure.ErrorCode;
import java.util.List;

/** What tmux in one bench answered. */
public sealed interface BenchPanes {
    /**
     * Nothing could be learned of the bench: the user id or the socket folder could not be read, or a deadline passed.
     *
     * @param code one of the tmux and exec codes
     */
    record Unreachable(ErrorCode code, String message) implements BenchPanes {}

    /**
     * The sockets were listed.
     *
     * @param sockets in the order of the listing; empty means that no tmux server is left
     */
    record Listed(List<SocketPanes> sockets) implements BenchPanes {
        /** Copies the list. */
        public Listed {
            sockets = List.copyOf(sockets);
        }
    }

    /**
     * One tmux server.
     *
     * @param path the absolute path of its socket in the bench
     */
    record SocketPanes(String path, SocketOutcome outcome) {}

    /** What one tmux server answered. */
    sealed interface SocketOutcome {}

    /**
     * The panes of a server.
     *
     * @param malformedRows how many rows could not be read
     */
    record Seen(List<ObservedPane> panes, int malformedRows) implements SocketOutcome {
        /** Copies the list. */
        public Seen {
            panes = List.copyOf(panes);
        }
    }

    /** The server did not answer. */
    record Failed(ErrorCode code, String message) implements SocketOutcome {}
}
