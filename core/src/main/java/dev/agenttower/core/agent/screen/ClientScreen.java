package dev.agenttower.core.agent.screen;

import dev.agenttower.core.agent.Capability;
import java.util.Optional;

/**
 * The screens of Claude Code 2.1.332, Gemini CLI 0.61.0 and Codex 0.171.0. Where the cursor stands in the input box, no dialog is open, whatever
 * the conversation above it quotes; where there is no input box, the last lines tell which dialog it is. A screen that is none of that shows
 * nothing.
 */
public final class ClientScreen {
    private ClientScreen() {}

    /** Whether the screens of a client can be read. */
    public static boolean isKnown(Capability capability) {
        return capability == Capability.CLAUDE || capability == Capability.GEMINI || capability == Capability.CODEX;
    }

    /** What the screen of a client shows; empty if it shows nothing that is known, or another program is in the foreground. */
    public static Optional<ScreenReading> reading(Capability capability, Screen screen) {
        boolean isClient = screen.program().equals("node") || screen.program().equals(capability.wire());
        if (!isClient) {
            return Optional.empty();
        }
        return switch (capability) {
            case CLAUDE -> new ClaudeScreen(screen).reading();
            case CODEX -> new CodexScreen(screen).reading();
            case GEMINI -> new GeminiScreen(screen).reading();
            case OPENCODE, SHELL, TEST_RUNNER, UNKNOWN -> Optional.empty();
        };
    }
}
