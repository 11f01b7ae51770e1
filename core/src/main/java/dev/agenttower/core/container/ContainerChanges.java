package dev.agenttower.core.container;

/**
 * Reports changes of containers. An implementation must reconnect automatically when the engine is lost, cost nothing measurable while idle, and
 * call the listener from one thread at a time.
 */
public interface ContainerChanges {
    /** Starts watching. */
    Subscription watch(Listener listener);

    /** Receives changes of containers. */
    interface Listener {
        /** The engine answers, for the first time or again. Containers may have changed in the meantime. */
        void connected();

        /** A container was started, stopped, renamed, paused or removed. */
        void changed();

        /** The engine does not answer; {@link #connected()} follows when it is back. */
        void lost(String reason);
    }
}
