package dev.agenttower.unix.connection;

import dev.agenttower.unix.PeerCredentials;

/** A protocol of requests and answers. Thread-safe. */
@FunctionalInterface
public interface Protocol {
    /** Begins the session of a peer that has just connected. Runs on the thread that accepts, so it must not wait. */
    Session begin(PeerCredentials peer);
}
