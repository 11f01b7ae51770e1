package dev.agenttower.socket.server.transport;

import org.jspecify.annotations.Nullable;

/** One connection, as the protocol sees it. Called by one thread at a time. */
public interface Conversation {
    /** The answer to a peer that may not speak at all, given without reading what it sent; null lets it speak. */
    @Nullable Reply refusal();

    /** Decides about a frame. Runs on the thread that reads the sockets, so it must not wait. */
    Step take(Frame frame);

    /** The answer to a request that could not be read. */
    Reply unreadable();
}
