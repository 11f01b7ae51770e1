package dev.agenttower.core.governance.hook;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program in which agents run, such as Claude Code, and the form in which its hooks describe events. Thread-safe. */
public interface AgentClient {
    /** Its name in addresses and on command lines, such as {@code claude}. */
    String name();

    /** Its name for people, such as {@code Claude Code}. */
    String title();

    /** The name of its agents on the ledger where they state none, such as {@code CLAUDE}. */
    String agent();

    /** Whether its hooks run below the agent's own process, so that their environment is the agent's. */
    boolean hooksRunBelowAgent();

    /**
     * The tool call that an event announces; empty for other events.
     *
     * @param event the event, such as {@code PreToolUse}
     * @param input the input of the hook
     * @throws dev.agenttower.core.failure.RefusedException INVALID, if the input lacks something that the event always has
     */
    Optional<ToolCall> toolCall(String event, Map<String, ? extends @Nullable Object> input);
}
