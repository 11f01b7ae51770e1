package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A command to adopt a pane as an agent. A value that is not given keeps the value of the pane's existing agent, or is the default for a new
 * one.
 *
 * @param role null is not given
 * @param capability null is not given
 * @param label null is not given; at most 64 code points
 * @param projectPath null is not given; empty, or absolute
 * @param parent the change of the parent
 */
public record RegisterAgent(
        PaneKey pane,
        @Nullable Role role,
        @Nullable Capability capability,
        @Nullable String label,
        @Nullable String projectPath,
        ParentChoice parent) {
    /**
     * Normalizes label and project path to their stored form.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code FIELD_TOO_LONG}, {@code VALUE_OUT_OF_SET} for a label that names somebody
     *     else, or {@code PROJECT_PATH_INVALID}
     */
    public RegisterAgent {
        label = label == null ? null : AgentRules.label(label);
        projectPath = projectPath == null ? null : AgentRules.projectPath(projectPath);
    }

    /** A copy with a project path. */
    public RegisterAgent withProjectPath(@Nullable String path) {
        return new RegisterAgent(pane, role, capability, label, path, parent);
    }

    /** A copy with a change of the parent. */
    public RegisterAgent withParent(ParentChoice choice) {
        return new RegisterAgent(pane, role, capability, label, projectPath, choice);
    }

    /** A copy with another address of the same pane. */
    RegisterAgent at(PaneKey address) {
        return new RegisterAgent(address, role, capability, label, projectPath, parent);
    }

    /** The change of the parent. */
    public sealed interface ParentChoice {
        /** Keeps a stored parent. */
        ParentChoice KEEP = new Keep();
        /** Clears the parent. */
        ParentChoice NONE = new None();

        /** Sets the given agent. */
        static ParentChoice of(AgentId parent) {
            return new Of(parent);
        }

        /** Keeps a stored parent. */
        record Keep() implements ParentChoice {}

        /** No parent. */
        record None() implements ParentChoice {}

        /** The parent is this agent. */
        record Of(AgentId parent) implements ParentChoice {}
    }
}
