package dev.agenttower.unix.connection;

/** Which threads serve a request. */
public enum Lane {
    /** The thread that listens: for requests that read memory alone. They are served even if all workers are busy. */
    INSTANT,
    /** The workers for requests that end soon. */
    QUICK,
    /** The workers for requests that may wait for other processes or locks, so that they cannot hold up the others. */
    PATIENT
}
