package dev.agenttower.socket.server.status;

/**
 * A request to stop the daemon, from any source. It is first announced to clients, and carried out once the answer to the requester is
 * sent. Thread-safe.
 */
public final class ShutdownRequest {
    private final Runnable stop;
    private volatile boolean announced;

    /**
     * No request so far.
     *
     * @param stop starts to stop the daemon; must not block, and may be called repeatedly
     */
    public ShutdownRequest(Runnable stop) {
        this.stop = stop;
    }

    /** Announces to clients that the daemon is about to stop. */
    public void announce() {
        announced = true;
    }

    /** Whether the stop was announced. */
    public boolean isAnnounced() {
        return announced;
    }

    /** Stops the daemon. */
    public void carryOut() {
        announced = true;
        stop.run();
    }
}
