package dev.agenttower.core.log;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pipes of panes, in memory. A pane is what its bench, socket and tmux id say. Thread-safe. */
public final class InMemoryPanePipes implements PanePipes {
    private final Map<List<String>, String> commands = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable ErrorCode refusal;

    /** No pane is piped. */
    public InMemoryPanePipes() {}

    /** Pipes a pane, as another program would. */
    public synchronized void pipe(Target pane, String command) {
        commands.put(id(pane), command);
    }

    /** The command that a pane is piped into. */
    public synchronized Optional<String> commandOf(Target pane) {
        return Optional.ofNullable(commands.get(id(pane)));
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
        String command = commands.get(id(pane));
        return new Pipe(command != null, command == null ? "" : command);
    }

    @Override
    public synchronized void open(Target pane, String command) {
        calls.add("open");
        if (refusal != null) {
            throw new RefusedException(refusal, "told to refuse");
        }
        commands.putIfAbsent(id(pane), command);
    }

    @Override
    public synchronized void close(Target pane) {
        calls.add("close");
        commands.remove(id(pane));
    }

    @Override
    public String shown(Target pane, String command) {
        return "tmux pipe-pane -o -t " + pane.pane().paneId() + " " + command;
    }

    private static List<String> id(Target pane) {
        return List.of(
                pane.bench().container().value(),
                pane.pane().socketPath(),
                pane.pane().paneId());
    }
}
