package dev.agenttower.core.agent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The program that runs as an agent. */
public enum Capability {
    /** Claude Code. */
    CLAUDE,
    /** Codex. */
    CODEX,
    /** Gemini CLI. */
    GEMINI,
    /** opencode. */
    OPENCODE,
    /** A shell. */
    SHELL,
    /** A test runner. */
    TEST_RUNNER,
    /** Not set. */
    UNKNOWN;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The capability of this stored and transmitted name. */
    public static Optional<Capability> parse(String wire) {
        return Arrays.stream(values())
                .filter(capability -> capability.wire.equals(wire))
                .findFirst();
    }

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }

    /** Whether it is a client of a language model, which runs in the foreground of its pane. */
    public boolean isClient() {
        return switch (this) {
            case CLAUDE, CODEX, GEMINI, OPENCODE -> true;
            case SHELL, TEST_RUNNER, UNKNOWN -> false;
        };
    }
}
