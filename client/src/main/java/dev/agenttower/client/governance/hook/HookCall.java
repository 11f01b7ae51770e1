package dev.agenttower.client.governance.hook;

import org.jspecify.annotations.Nullable;

/**
 * An event of the hook of an agent's client, besides its input.
 *
 * @param client the name of the client, such as {@code claude}
 * @param event the name of the event, such as {@code PreToolUse}
 * @param role the role that the environment of the hook names; null for none
 * @param specId the spec that it names; null for none
 * @param agent the agent that it names; null for none
 * @param process the process of the client, which is an agent's from then on; null if it is not known
 * @param isGoverned whether the folder of the caller looks governed
 */
public record HookCall(
        String client,
        String event,
        @Nullable String role,
        @Nullable String specId,
        @Nullable String agent,
        @Nullable Long process,
        boolean isGoverned) {}
