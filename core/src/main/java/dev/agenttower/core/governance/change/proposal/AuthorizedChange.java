package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.ledger.EventDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of one file that a human has authorized, with its ledger events. */
public sealed interface AuthorizedChange permits ChangeRequest, PolicyEdit {
    /** The id, unique among the changes in progress. */
    String id();

    /** The file, relative to the root. */
    String targetPath();

    /**
     * The events of the applied change, in order.
     *
     * @param before the SHA-256 of the file before; null when there was none
     * @param after the SHA-256 of the file after
     */
    List<EventDraft> events(@Nullable String before, String after);

    /**
     * The event for a change that was interrupted and whose file another program has changed since.
     *
     * @param found the SHA-256 of the current file; null when there is none
     */
    EventDraft interrupted(@Nullable String found);
}
