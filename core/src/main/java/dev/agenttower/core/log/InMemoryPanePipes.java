package dev.agenttower.core.log;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pipes of panes, in memory. A pane is what its bench, socket and tmux id say. Thread-safe. */
public final class InMemoryPanePipes implements PanePipes {
    private final Map<List<String>, Piped> piped = new LinkedHashMap<>();
    private final Map<BenchTarget, String> homes = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable ErrorCode refusal;

    /** No pane is piped. */
    public InMemoryPanePipes() {}

    /** Pipes a pane, as another program would. */
    public synchronized void pipe(Target pane, String command) {
        piped.put(id(pane), piped(pane, command));
    }

    /** The command that a pane is piped into. */
    public synchronized Optional<String> commandOf(Target pane) {
        return Optional.ofNullable(piped.get(id(pane))).map(Piped::command);
    }

    /** Closes the pipe of a pane, as the end of its command does. */
    public synchronized void end(Target pane) {
        piped.remove(id(pane));
    }

    /** Sets the home of the user of a bench. */
    public synchronized void live(BenchTarget bench, String home) {
        homes.put(bench, home);
    }

    /** Refuses to open pipes; null ends that. */
    public synchronized void refuseToOpen(@Nullable ErrorCode reason) {
        refusal = reason;
    }

    /** What was done so far: {@code inspect}, {@code open} and {@code close}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized Pipe inspect(Target pane) {
        calls.add("inspect");
        Piped found = piped.get(id(pane));
        return new Pipe(found != null, found == null ? "" : found.command());
    }

    @Override
    public synchronized void open(Target pane, String command) {
        calls.add("open");
        if (refusal != null) {
            throw new RefusedException(refusal, "told to refuse");
        }
        piped.putIfAbsent(id(pane), piped(pane, command));
    }

    @Override
    public synchronized void close(Target pane) {
        calls.add("close");
        piped.remove(id(pane));
    }

    @Override
    public synchronized List<Piped> piped(Target pane) {
        return piped.entrySet().stream()
                .filter(entry -> entry.getKey().subList(0, 2).equals(id(pane).subList(0, 2)))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public synchronized Optional<String> home(Target pane) {
        return Optional.ofNullable(homes.get(pane.bench()));
    }

    @Override
    public String shown(Target pane, String command) {
        return "tmux pipe-pane -o -t " + pane.pane().paneId() + " " + command;
    }

    private static Piped piped(Target pane, String command) {
        PaneKey key = pane.pane();
        String address = key.sessionName() + ":" + key.windowIndex() + "." + key.paneIndex();
        return new Piped(key.paneId(), address, command);
    }

    private static List<String> id(Target pane) {
        return List.of(
                pane.bench().container().value(),
                pane.pane().socketPath(),
                pane.pane().paneId());
    }
}
