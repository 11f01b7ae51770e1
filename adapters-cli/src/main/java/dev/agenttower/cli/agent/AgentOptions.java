package dev.agenttower.cli.agent;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe a new agent. */
final class AgentOptions {
    static final String CAPABILITIES = "claude, codex, gemini, opencode, shell, test-runner or unknown";

    @Option(names = "--capability", paramLabel = "CAPABILITY", description = CAPABILITIES)
    private @Nullable String capability;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "the name of the agent, which no other active agent has; at most 64 characters")
    private @Nullable String label;

    @Option(
            names = "--project",
            paramLabel = "PATH",
            description = "the absolute path of its project, as the pane sees it")
    private @Nullable String project;

    @Nullable String capability() {
        return capability;
    }

    @Nullable String label() {
        return label;
    }

    @Nullable String project() {
        return project;
    }
}
