package dev.agenttower.socket.server.method;

/** Carries out one method. Thread-safe. */
@FunctionalInterface
public interface Handler {
    /**
     * Carries out a call.
     *
     * @throws dev.agenttower.core.failure.RefusedException what the caller is told; anything else is a failure of the daemon
     */
    Result handle(Call call);
}
