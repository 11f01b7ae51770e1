package dev.agenttower.core.pane;

import dev.agenttower.core.failure.ErrorCode;
import java.util.List;

/** The answer of tmux in one bench container. */
public sealed interface BenchPanes {
    /**
     * The container could not be queried: the user id or the socket folder could not be read, or a deadline passed.
     *
     * @param code one of the tmux and exec codes
     */
    record Unreachable(ErrorCode code, String message) implements BenchPanes {}

    /**
     * The sockets were listed.
     *
     * @param sockets in the order of the listing; empty if no tmux server runs
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
     * @param path the absolute path of its socket in the container
     */
    record SocketPanes(String path, SocketOutcome outcome) {}

    /** The answer of one tmux server. */
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
