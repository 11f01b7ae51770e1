package dev.agenttower.socket.server.transport;

/** How long a request may keep its thread, and so which threads serve it. */
public enum Pace {
    /** Touches memory only; runs on the thread that reads the sockets. */
    INSTANT,
    /** Reads a store; runs on a worker of the quick lane. */
    QUICK,
    /** May wait for another process or writer; runs on a worker of the waiting lane. */
    WAITING
}
