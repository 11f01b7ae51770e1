package dev.agenttower.client.governance.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The last call of each process that ran a hook.
 *
 * @param since when the daemon began to note calls: its start
 * @param calls the last one last
 */
public record LastHookCalls(String since, List<Call> calls, JsonNode json) {
    /** Copies the calls. */
    public LastHookCalls {
        calls = List.copyOf(calls);
    }

    /**
     * A call.
     *
     * @param process the process id of the client; 0 if the hook named none
     */
    public record Call(String client, String event, String at, long process) {}
}
