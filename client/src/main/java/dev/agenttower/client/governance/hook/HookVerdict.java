package dev.agenttower.client.governance.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hook would have to do, and why.
 *
 * @param answer what it would have to do
 * @param tool the tool; empty where the event announces none
 * @param paths what was judged by the policy
 * @param raw the answer of the daemon
 */
public record HookVerdict(HookAnswer answer, String tool, List<Path> paths, JsonNode raw) {
    /** Copies the paths. */
    public HookVerdict {
        paths = List.copyOf(paths);
    }

    /**
     * A judged path.
     *
     * @param action what the call does with it, such as {@code edit}
     * @param path relative to the root of its project, or as the call names it
     * @param denial why not; null if it may
     */
    public record Path(String action, String path, @Nullable String denial) {}
}
