package dev.agenttower.unix.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection, as its protocol sees it. Called by one thread at a time; throws unchecked only if the server must end. */
public interface Session {
    /** Why a connection is not served. */
    enum Rejection {
        /** The peer may not speak at all; nothing of it was read. */
        NOT_ADMITTED,
        /** As many connections are open as may be, and all of them are at work; nothing was read. */
        NO_ROOM,
        /** It has been silent for longest, and others need its place. */
        SILENT,
        /** A request is there, but as many wait for a worker as may, or it has waited for one too long. */
        NO_WORKER
    }

    /** Whether the peer may speak. */
    boolean isAdmitted();

    /**
     * Which lane serves the request that has been received. Runs where connections are listened to, so it must not wait.
     *
     * @return null if more must be received first; it is asked again then
     */
    @Nullable Lane lane(Inbox received);

    /**
     * Serves the request that {@link #lane} told of.
     *
     * @throws IOException if the client is gone; the connection is closed
     */
    Next serve(Connection connection) throws IOException;

    /** Tells the client why it is not served, by {@link Connection#send} alone or not at all. */
    Next refuse(Rejection reason, Connection connection) throws IOException;
}
