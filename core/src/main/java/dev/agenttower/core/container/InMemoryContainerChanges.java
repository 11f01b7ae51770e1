package dev.agenttower.core.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Changes of containers that are told to it. Thread-safe. */
public final class InMemoryContainerChanges implements ContainerChanges {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A source that nobody watches yet. */
    public InMemoryContainerChanges() {}

    @Override
    public Subscription watch(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells that the engine answers. */
    public void connect() {
        tell(Listener::connected);
    }

    /** Tells that a container has changed. */
    public void change() {
        tell(Listener::changed);
    }

    /** Tells that the engine does not answer. */
    public void lose(String reason) {
        tell(listener -> listener.lost(reason));
    }

    /** How many watch. */
    public int watchers() {
        return listeners.size();
    }

    private synchronized void tell(Consumer<Listener> news) {
        listeners.forEach(news);
    }
}
