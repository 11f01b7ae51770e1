package dev.agenttower.cli.hook;

import java.util.List;

/** The clients that this program knows, in the order of its output. */
final class HookClients {
    private static final List<HookClient> ALL = List.of(new ClaudeHooks(), new GeminiHooks(), new CodexHooks());

    private HookClients() {}

    static List<HookClient> all() {
        return ALL;
    }
}
