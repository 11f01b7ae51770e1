package dev.agenttower.core.queue;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.TmuxServer;
import org.jspecify.annotations.Nullable;

/**
 * The pane to type into, and what must hold there at the moment of typing.
 *
 * @param bench the container and the user to run tmux as
 * @param server the run of the tmux server, or null if unknown
 * @param panePid the process of the pane
 * @param program the foreground program when the pane was adopted, or null if unknown
 * @param capability the program that runs as the agent
 */
public record TypingTarget(
        BenchTarget bench,
        PaneKey pane,
        @Nullable TmuxServer server,
        long panePid,
        @Nullable String program,
        Capability capability) {}
