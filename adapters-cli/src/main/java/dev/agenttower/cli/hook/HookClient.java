package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client of agents that runs hooks, whose settings have the shape {@code {"hooks": {EVENT: [{"hooks": [HOOK]}]}}}.
 *
 * <p>An implementation must have no state.
 */
interface HookClient {
    /** The name on the command line. */
    String name();

    /** The file of settings. */
    Path file(HookScope scope);

    /** The events that our hook is entered for: first that before the use of a tool, which it may deny, then those that only tell of the agent. */
    List<String> events();

    /** Whether our hook is called when the client starts, and not with its first prompt only. */
    boolean callsAtStart();

    /** Whether an input of a hook is surely written by this client. */
    boolean wrote(JsonNode input);

    /** The event before the use of a tool. */
    default String toolEvent() {
        return events().get(0);
    }

    /** The hook that runs a command at an event. */
    ObjectNode hook(String event, String command);

    /**
     * Accepts settings of which the client would run the hooks.
     *
     * @throws UnusableSettingsException if it would silently run none of them; the reason names the place
     */
    default void check(HookTree settings) {}

    /**
     * What keeps the client from running our hook although its settings are right, or null.
     *
     * @param place where the hook stands
     */
    default @Nullable String obstacle(HookScope scope, HookTree settings, HookPlace place) {
        return null;
    }

    /**
     * The change of another file by which the client knows that its user wants our hook.
     *
     * @param earlier where our hooks stood
     * @param now where our hooks stand afterwards; empty if they are removed
     */
    default Optional<SettingsChange> approval(HookScope scope, List<HookPlace> earlier, List<HookPlace> now) {
        return Optional.empty();
    }

    /** What follows if hooks that are not ours stand at another place than before, or null. */
    default @Nullable String noteOnMoves() {
        return null;
    }
}
