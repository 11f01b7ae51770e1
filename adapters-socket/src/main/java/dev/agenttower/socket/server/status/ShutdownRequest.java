package dev.agenttower.socket.server.status;

/**
 * The wish that the daemon stops, whoever has it. It is announced first, so that clients learn of it, and carried out when the answer to
 * whoever asked is on its way. Thread-safe.
 */
public final class ShutdownRequest {
    private final Runnable stop;
    private volatile boolean announced;

    /**
     * A wish that nobody has yet.
     *
     * @param stop begins to stop the daemon; must return at once and may be called again
     */
    public ShutdownRequest(Runnable stop) {
        this.stop = stop;
    }

    /** Lets clients know that the daemon is about to stop. */
    public void announce() {
        announced = true;
    }

    /** Whether the daemon is about to stop. */
    public boolean isAnnounced() {
        return announced;
    }

    /** Stops the daemon. */
    public void carryOut() {
        announced = true;
        stop.run();
    }
}
