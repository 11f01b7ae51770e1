package dev.agenttower.core.governance.human;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.LiveProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller who asks for what only a human may do.
 *
 * @param peer its process, as the kernel named it when it connected
 * @param lineageAtConnect what {@link ProcessTree} said of it when it connected
 * @param agent the agent that the request says it comes from; null or empty when it says none
 * @param passphrase the passphrase it brings; null when it brings none
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

    /** Tells nothing of the passphrase. */
    @Override
    public String toString() {
        return "Claimant[" + peer + "]";
    }
}
