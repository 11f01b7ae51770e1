package dev.agenttower.socket.server.transport;

import dev.agenttower.core.caller.Peer;

/** Gives lines their meaning. Thread-safe. */
public interface Protocol {
    /** Begins a conversation with a peer that has connected. */
    Conversation begin(Peer peer);

    /** The answer to a peer for whom there is no room, given without reading what it sent. */
    Reply crowded();
}
