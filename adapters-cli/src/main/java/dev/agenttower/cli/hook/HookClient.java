package dev.agenttower.cli.hook;

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

    /** The event before the use of a tool. */
    String event();

    /** The hook that runs a command. */
    ObjectNode hook(String command);

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
     * @param now where our hook stands afterwards, or null if it is removed
     */
    default Optional<SettingsChange> approval(HookScope scope, List<HookPlace> earlier, @Nullable HookPlace now) {
        return Optional.empty();
    }

    /** What follows if hooks that are not ours stand at another place than before, or null. */
    default @Nullable String noteOnMoves() {
        return null;
    }
}
