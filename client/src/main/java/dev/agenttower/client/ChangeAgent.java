package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The wish to change an agent. What is null stays as it is; an empty label or project path is cleared. */
public record ChangeAgent(
        String agentId,
        @Nullable String role,
        @Nullable String capability,
        @Nullable String label,
        @Nullable String projectPath) {
    /** Checks that there is an agent. */
    public ChangeAgent {
        requireNonNull(agentId, "agentId");
    }
}
