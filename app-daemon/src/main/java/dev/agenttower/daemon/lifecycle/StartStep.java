package dev.agenttower.daemon.lifecycle;

/** What a starting daemon has just done, in order. */
public enum StartStep {
    /** It holds the lock. */
    LOCKED,
    /** Its log is open. */
    LOGGING,
    /** What an earlier daemon left is removed. */
    RECOVERED,
    /** Its parts are built. */
    BUILT,
    /** The socket exists. */
    BOUND,
    /** The pid file exists. */
    PID_WRITTEN,
    /** It has said that it is ready. */
    READY,
    /** Requests are answered. */
    ACCEPTING
}
