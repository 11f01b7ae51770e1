package dev.agenttower.core.pane;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** tmux in bench containers, in memory. A container without a set answer has no tmux server. Thread-safe. */
public final class InMemoryPaneSource implements PaneSource {
    private final Map<ContainerId, Supplier<BenchPanes>> answers = new HashMap<>();
    private final List<BenchTarget> asked = new ArrayList<>();

    /** A source without tmux servers. */
    public InMemoryPaneSource() {}

    /** Sets the answer of a container. */
    public synchronized void answer(ContainerId bench, BenchPanes answer) {
        answers.put(bench, () -> answer);
    }

    /** Makes the engine fail on each query of this container. */
    public synchronized void fail(ContainerId bench, ContainerEngineException trouble) {
        answers.put(bench, () -> {
            throw trouble;
        });
    }

    /** The queried containers, in order. */
    public synchronized List<BenchTarget> asked() {
        return List.copyOf(asked);
    }

    @Override
    public BenchPanes list(BenchTarget target) {
        return answerOf(target).get();
    }

    private synchronized Supplier<BenchPanes> answerOf(BenchTarget target) {
        asked.add(target);
        return answers.getOrDefault(target.container(), () -> new BenchPanes.Listed(List.of()));
    }
}
