package dev.agenttower.daemon.lifecycle;

import java.util.function.Consumer;

/**
 * The daemon's reaction to signals: SIGTERM and SIGINT request a graceful stop, SIGHUP is ignored so that closing a terminal does not stop
 * it.
 */
public final class StopSignals {
    private StopSignals() {}

    /** Installs the handlers. */
    public static void install(Consumer<StopTrigger> request) {
        Signals.handle("TERM", () -> request.accept(StopTrigger.SIGTERM));
        Signals.handle("INT", () -> request.accept(StopTrigger.SIGINT));
        Signals.handle("HUP", () -> {});
    }
}
