package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.core.agent.state.AgentState;

/** The states of agents in words of one width at most. */
final class StateWord {
    /** The columns of the longest. */
    static final int COLUMNS = 9;

    private StateWord() {}

    static String of(PaneAgent agent) {
        return switch (KnownTower.state(agent).orElse(AgentState.UNKNOWN)) {
            case STARTING -> "starting";
            case WORKING -> "working";
            case WAITING_PERMISSION, WAITING_INPUT -> "needs you";
            case IDLE -> "waiting";
            case ERROR -> "error";
            case STUCK -> "stuck";
            case ENDED -> "done";
            case UNKNOWN -> "unknown";
        };
    }
}
