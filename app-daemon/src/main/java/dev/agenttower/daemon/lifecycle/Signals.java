package dev.agenttower.daemon.lifecycle;

import java.lang.reflect.Proxy;

/** Handlers of signals of the operating system. */
public final class Signals {
    private Signals() {}

    /**
     * Runs an action on a thread of its own for each signal, in place of what the signal does by itself.
     *
     * @param name such as {@code TERM}
     */
    // sun.misc.Signal is the only way to handle a signal. It is exported to all modules, but javac warns about each
    // use,
    // and the warning cannot be suppressed for one class; hence reflection.
    public static void handle(String name, Runnable action) {
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
