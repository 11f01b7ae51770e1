package dev.agenttower.core.container;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A host in memory, whose tmux is started and stopped by method calls. Thread-safe. */
public final class InMemoryHostBench implements HostBench {
    private final InspectedContainer bench;
    private final AtomicInteger looks = new AtomicInteger();
    private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();
    private final Set<String> included = ConcurrentHashMap.newKeySet();
    private volatile boolean tmuxRunning;

    /** A host with this id, named {@code host}, whose tmux does not run yet. */
    public InMemoryHostBench(ContainerId id, String user) {
        bench = new InspectedContainer(
                id, "host", "host", "running", Map.of(), List.of(), user, null, List.of(), "running");
    }

    /** Starts or stops tmux. */
    public void tmuxRunning(boolean running) {
        tmuxRunning = running;
    }

    /** Starts a tmux server at a socket outside of the usual folder. */
    public void startElsewhere(String socketPath) {
        elsewhere.add(socketPath);
    }

    @Override
    public void include(String socketPath) {
        if (elsewhere.contains(socketPath)) {
            included.add(socketPath);
        }
    }

    /** The number of checks whether tmux runs. */
    public int looks() {
        return looks.get();
    }

    @Override
    public InspectedContainer describe() {
        return bench;
    }

    @Override
    public boolean isTmuxRunning() {
        looks.incrementAndGet();
        return tmuxRunning || !included.isEmpty();
    }
}
