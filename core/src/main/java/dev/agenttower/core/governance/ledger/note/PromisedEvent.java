package dev.agenttower.core.governance.ledger.note;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerCursor;

/**
 * An event that tells of a write to a file of governance, noted before the file is written.
 *
 * @param file which file
 * @param subject the id of the entry that is written
 * @param shown what the entry says once it is written
 * @param event the event
 * @param place a place on the ledger before the event
 */
public record PromisedEvent(String file, String subject, String shown, EventDraft event, LedgerCursor place) {}
