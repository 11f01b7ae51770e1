package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A wish to adopt a pane as an agent. A value that is not given is kept where the pane has an agent already, and is its default where not.
 *
 * @param role null is not given
 * @param capability null is not given
 * @param label null is not given; cleaned, at most 64 code points
 * @param projectPath null is not given; empty, or absolute
 * @param parent what is said of the parent
 */
public record RegisterAgent(
        PaneKey pane,
        @Nullable Role role,
        @Nullable Capability capability,
        @Nullable String label,
        @Nullable String projectPath,
        ParentChoice parent) {

    /** The same wish for the same pane at another address. */
    RegisterAgent at(PaneKey address) {
        return new RegisterAgent(address, role, capability, label, projectPath, parent);
    }

    /** What is said of the parent. */
    public sealed interface ParentChoice {
        /** Nothing. */
        ParentChoice KEEP = new Keep();
        /** That there is none. */
        ParentChoice NONE = new None();

        /** The given agent. */
        static ParentChoice of(AgentId parent) {
            return new Of(parent);
        }

        /** Nothing is said: a stored parent is kept. */
        record Keep() implements ParentChoice {}

        /** There is no parent. */
        record None() implements ParentChoice {}

        /** The parent is this agent. */
        record Of(AgentId parent) implements ParentChoice {}
    }
}
