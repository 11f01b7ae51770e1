package dev.agenttower.core.agent.state;

import dev.agenttower.core.agent.Capability;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The title of a terminal, by which Gemini CLI 0.61.0 and Codex 0.171.0 show their state. That of Claude Code does not change with it. Codex
 * shows an error as if it waited for a prompt.
 */
public final class TerminalTitle {
    /** Titles outlast clients that were killed, but then something else runs in the foreground. */
    private static final Set<String> PROGRAMS = Set.of("node", "gemini", "codex");

    private static final Pattern GEMINI = Pattern.compile("[◇✦✋]\\s.*\\(.*\\)");
    private static final Pattern CODEX_ASKS = Pattern.compile("\\[ [!.] \\] Action Required( \\|.*)?");
    private static final Pattern CODEX_WORKS = Pattern.compile("[\\u2801-\\u28ff] .*");
    private static final Pattern CODEX = Pattern.compile("(.* \\| )?codex");

    private TerminalTitle() {}

    /** Whether a client shows its state in the title at all. */
    public static boolean isShownBy(Capability capability) {
        return capability == Capability.GEMINI || capability == Capability.CODEX;
    }

    /**
     * The state that a title shows; empty if it shows none.
     *
     * @param capability the client that the agent runs in
     * @param program the program in the foreground of its pane
     */
    public static Optional<Reading> reading(Capability capability, String program, String title) {
        String shown = title.strip();
        if (!PROGRAMS.contains(program)) {
            return Optional.empty();
        }
        return switch (capability) {
            case GEMINI -> gemini(shown);
            case CODEX -> codex(shown);
            default -> Optional.empty();
        };
    }

    private static Optional<Reading> gemini(String title) {
        if (!GEMINI.matcher(title).matches()) {
            return Optional.empty();
        }
        return switch (title.charAt(0)) {
            case '◇' -> state(AgentState.IDLE, title);
            case '✦' -> state(AgentState.WORKING, title);
            default -> state(AgentState.WAITING_PERMISSION, title);
        };
    }

    private static Optional<Reading> codex(String title) {
        if (CODEX_ASKS.matcher(title).matches()) {
            return state(AgentState.WAITING_PERMISSION, title);
        }
        if (CODEX_WORKS.matcher(title).matches()) {
            return state(AgentState.WORKING, title);
        }
        return CODEX.matcher(title).matches() ? state(AgentState.IDLE, title) : Optional.empty();
    }

    private static Optional<Reading> state(AgentState state, String title) {
        return Optional.of(new Reading(state, "", Evidence.SCREEN, title));
    }
}
