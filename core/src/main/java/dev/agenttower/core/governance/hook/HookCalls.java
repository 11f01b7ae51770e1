package dev.agenttower.core.governance.hook;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last call of each process that ran a hook, as proof that its hook is live. Kept in memory. Thread-safe. */
public final class HookCalls {
    private static final int MOST = 256;

    private final InstantSource clock;
    private final Instant since;
    private final Map<Key, Call> calls = new LinkedHashMap<>();

    /** No calls yet. */
    public HookCalls(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    private record Key(String client, long process) {}

    /**
     * A call.
     *
     * @param client the name of the client, such as {@code claude}
     * @param event the event that the hook told
     * @param process the process id of the client; 0 if the hook named none
     */
    public record Call(String client, String event, Instant at, long process) {}

    /** Notes a call; of more than {@value #MOST} processes, those that called last are known. */
    public void note(String client, String event, long process) {
        Key key = new Key(client, process);
        Call call = new Call(client, event, clock.instant(), process);
        synchronized (calls) {
            calls.remove(key);
            calls.put(key, call);
            if (calls.size() > MOST) {
                calls.remove(calls.keySet().iterator().next());
            }
        }
    }

    /** Since when calls are noted. */
    public Instant since() {
        return since;
    }

    /** The calls, the last one last. */
    public List<Call> last() {
        synchronized (calls) {
            return List.copyOf(calls.values());
        }
    }
}
