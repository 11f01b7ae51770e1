package dev.agenttower.core.governance.hook;

import dev.agenttower.core.agent.state.Sign;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    default boolean hooksRunBelowAgent() {
        return true;
    }

    /** The event before a tool call, such as {@code PreToolUse}. */
    String toolEvent();

    /** The events whose hook can hand the model a text beside what it asks, such as {@code UserPromptSubmit}. */
    Set<String> contextEvents();

    /**
     * What an event of its hooks tells of the state of the agent; empty if it tells nothing.
     *
     * @param event the name of the event, such as {@code Stop}
     * @param input the input of the hook, of which nothing is certain
     */
    Optional<Sign> sign(String event, Map<String, ? extends @Nullable Object> input);

    /** The prompt that an event of its hooks shows, or the last message of the turn that it ends; empty without either. */
    String spoken(String event, Map<String, ? extends @Nullable Object> input);

    /**
     * The tool call that its {@link #toolEvent} announces.
     *
     * @param input the input of the hook
     * @throws dev.agenttower.core.failure.RefusedException INVALID, if the input lacks something that the event always has
     */
    ToolCall toolCall(Map<String, ? extends @Nullable Object> input);

    /** What its hook prints to have a person asked before a tool call; empty if that is not possible, or may wait for nobody. */
    default Optional<String> question(String reason) {
        return Optional.empty();
    }
}
