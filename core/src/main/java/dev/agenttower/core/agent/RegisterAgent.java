package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A wish to adopt a pane as an agent. A value that is not given is kept where the pane has an agent already, and is its default where not.
 *
 * @param role null is not given
 * @param capability null is not given
 * @param label null is not given; at most 64 code points
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
    /**
     * Brings label and project path into their stored form.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code FIELD_TOO_LONG} or {@code PROJECT_PATH_INVALID}
     */
    public RegisterAgent {
        label = label == null ? null : AgentRules.label(label);
        projectPath = projectPath == null ? null : AgentRules.projectPath(projectPath);
    }

    /** The same wish with a project path. */
    public RegisterAgent withProjectPath(@Nullable String path) {
        return new RegisterAgent(pane, role, capability, label, path, parent);
    }

    /** The same wish with something said of the parent. */
    public RegisterAgent withParent(ParentChoice choice) {
        return new RegisterAgent(pane, role, capability, label, projectPath, choice);
    }

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
