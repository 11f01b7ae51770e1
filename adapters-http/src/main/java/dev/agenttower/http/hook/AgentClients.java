package dev.agenttower.http.hook;

import dev.agenttower.core.governance.hook.AgentClient;
import java.util.List;
import java.util.Optional;

/** The known clients. */
public final class AgentClients {
    private static final List<AgentClient> ALL = List.of(new ClaudeCode(), new GeminiCli(), new Codex());

    private AgentClients() {}

    /** The client of a name. */
    public static Optional<AgentClient> named(String name) {
        return ALL.stream().filter(client -> client.name().equals(name)).findFirst();
    }
}
