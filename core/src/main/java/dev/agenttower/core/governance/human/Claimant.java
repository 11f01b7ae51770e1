package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller that requests an operation reserved to humans.
 *
 * @param peer its process, as reported by the kernel at connect time
 * @param lineageAtConnect its lineage in {@link ProcessTree} at connect time
 * @param agent the agent that the request names as its sender; null or empty for none
 * @param passphrase the passphrase it sent; null for none
 */
public record Claimant(
        Peer peer,
        List<LiveProcess> lineageAtConnect,
        @Nullable String agent,
        @Nullable String passphrase) {
    /** Copies the lineage. */
    public Claimant {
        lineageAtConnect = List.copyOf(lineageAtConnect);
    }

    /** Omits the passphrase. */
    @Override
    public String toString() {
        return "Claimant[" + peer + "]";
    }
}
