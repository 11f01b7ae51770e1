package dev.agenttower.core.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Container changes signaled by method calls. Thread-safe. */
public final class InMemoryContainerChanges implements ContainerChanges {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A source without listeners. */
    public InMemoryContainerChanges() {}

    @Override
    public Subscription watch(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Signals that the engine answers. */
    public void connect() {
        tell(Listener::connected);
    }

    /** Signals that a container has changed. */
    public void change() {
        tell(Listener::changed);
    }

    /** Signals that the engine does not answer. */
    public void lose(String reason) {
        tell(listener -> listener.lost(reason));
    }

    /** The number of listeners. */
    public int watchers() {
        return listeners.size();
    }

    private synchronized void tell(Consumer<Listener> news) {
        listeners.forEach(news);
    }
}
