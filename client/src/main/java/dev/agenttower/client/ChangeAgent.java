package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The request to change an agent. Null leaves a field unchanged; an empty text clears the label or project path. */
public record ChangeAgent(
        String agentId,
        @Nullable String role,
        @Nullable String capability,
        @Nullable String label,
        @Nullable String projectPath) {
    /** Checks that an agent is named. */
    public ChangeAgent {
        requireNonNull(agentId, "agentId");
    }
}
