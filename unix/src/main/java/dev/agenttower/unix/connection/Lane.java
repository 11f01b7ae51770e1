package dev.agenttower.unix.connection;

/** The threads that serve a request. */
public enum Lane {
    /** The listening thread: for requests that only read memory. They are served even if all workers are busy. */
    INSTANT,
    /** The workers for short requests. */
    QUICK,
    /** The workers for requests that may wait for other processes or locks, so that they do not block the short ones. */
    PATIENT
}
