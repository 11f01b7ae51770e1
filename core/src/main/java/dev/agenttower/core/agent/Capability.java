package dev.agenttower.core.agent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which program an agent is. */
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
    /** Not said yet. */
    UNKNOWN;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The capability of this name, as it is stored and sent. */
    public static Optional<Capability> parse(String wire) {
        return Arrays.stream(values())
                .filter(capability -> capability.wire.equals(wire))
                .findFirst();
    }

    /** The name, as it is stored and sent. */
    public String wire() {
        return wire;
    }
}
