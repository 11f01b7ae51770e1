package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.ledger.EventDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of one file that a human has authorized, and what the ledger is told of it. */
public sealed interface AuthorizedChange permits ChangeRequest, PolicyEdit {
    /** What tells it from other changes that are under way. */
    String id();

    /** The file, relative to the root. */
    String targetPath();

    /**
     * The events of the change when it is made, in order.
     *
     * @param before the SHA-256 of the file before; null when there was none
     * @param after the SHA-256 of the file after
     */
    List<EventDraft> events(@Nullable String before, String after);

    /**
     * The event of the change when it was interrupted, and something else has changed the file since.
     *
     * @param found the SHA-256 of what is there now; null when there is nothing
     */
    EventDraft interrupted(@Nullable String found);
}
