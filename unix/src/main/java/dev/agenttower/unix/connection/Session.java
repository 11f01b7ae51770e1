package dev.agenttower.unix.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The protocol side of one connection. Called by one thread at a time; throws an unchecked exception only if the server must end. */
public interface Session {
    /** The reason why a connection is not served. */
    enum Rejection {
        /** The peer is not authorized; nothing was read. */
        NOT_ADMITTED,
        /** The limit of connections is reached, and all of them are in use; nothing was read. */
        NO_ROOM,
        /** The connection with the longest silence gives way to another one. */
        SILENT,
        /** The queue of requests is full, or the request has waited too long for a worker. */
        NO_WORKER
    }

    /** Whether the peer is authorized. */
    boolean isAdmitted();

    /**
     * The lane for the received request. Runs on the listening thread, so it must not block.
     *
     * @return null if the request is incomplete; called again after the next receipt
     */
    @Nullable Lane lane(Inbox received);

    /**
     * Serves the request whose lane {@link #lane} returned.
     *
     * @throws IOException if the client has disconnected; the connection is closed
     */
    Next serve(Connection connection) throws IOException;

    /** Reports the rejection to the client, with {@link Connection#send} or not at all. */
    Next refuse(Rejection reason, Connection connection) throws IOException;
}
