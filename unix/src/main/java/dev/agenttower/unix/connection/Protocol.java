package dev.agenttower.unix.connection;

import dev.agenttower.unix.PeerCredentials;

/** A request-answer protocol. Thread-safe. */
@FunctionalInterface
public interface Protocol {
    /** Starts the session of a peer that has just connected. Runs on the accepting thread, so it must not block. */
    Session begin(PeerCredentials peer);
}
