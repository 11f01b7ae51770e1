package dev.agenttower.core.container;

/**
 * Tells when containers come and go. An implementation must reconnect by itself when the engine is lost, cost nothing worth measuring
 * while nothing happens, and call the listener from one thread at a time.
 */
public interface ContainerChanges {
    /** Begins to watch. */
    Subscription watch(Listener listener);

    /** What happens to containers. */
    interface Listener {
        /** The engine answers, for the first time or again. Containers may have changed in the meantime. */
        void connected();

        /** A container was started, stopped, renamed, paused or removed. */
        void changed();

        /** The engine does not answer; {@link #connected()} follows when it is back. */
        void lost(String reason);
    }
}
