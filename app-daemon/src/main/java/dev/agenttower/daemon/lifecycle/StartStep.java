package dev.agenttower.daemon.lifecycle;

/** The completed steps of a start, in order. */
public enum StartStep {
    /** It holds the lock. */
    LOCKED,
    /** Its log is open. */
    LOGGING,
    /** Leftovers of an earlier daemon are removed. */
    RECOVERED,
    /** Its parts are built. */
    BUILT,
    /** The socket exists. */
    BOUND,
    /** The pid file exists. */
    PID_WRITTEN,
    /** It has printed its ready line. */
    READY,
    /** Requests are answered. */
    ACCEPTING
}
