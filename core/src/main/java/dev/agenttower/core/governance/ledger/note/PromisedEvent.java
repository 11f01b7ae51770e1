package dev.agenttower.core.governance.ledger.note;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerCursor;

/**
 * An event that reports a write to a governance file, stored before the file is written.
 *
 * @param file the key of the file
 * @param subject the id of the entry that is written
 * @param shown the state of the entry once it is written
 * @param event the event
 * @param place a position on the ledger before the event
 */
public record PromisedEvent(String file, String subject, String shown, EventDraft event, LedgerCursor place) {}
