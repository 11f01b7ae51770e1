package dev.agenttower.daemon.lifecycle;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * The daemon's reaction to signals: SIGTERM and SIGINT request a graceful stop, SIGHUP is ignored so that closing a terminal does not stop
 * it.
 */
public final class StopSignals {
    private StopSignals() {}

    /** Installs the handlers. */
    public static void install(Consumer<StopTrigger> request) {
        handle("TERM", () -> request.accept(StopTrigger.SIGTERM));
        handle("INT", () -> request.accept(StopTrigger.SIGINT));
        handle("HUP", () -> {});
    }

    // sun.misc.Signal is the only way to handle a signal and still choose the exit code. It is exported to all modules,
    // but javac warns
    // about each use, and the warning cannot be suppressed for one class; hence reflection.
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("signals cannot be handled on this Java", e);
        }
    }
}
