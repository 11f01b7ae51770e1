package dev.agenttower.core.governance.ledger.note;

import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events of a ledger, one after the other, that something else than this side wrote.
 *
 * @param from where they begin
 * @param to where they end
 * @param count how many could be read
 * @param firstId the id of the first
 * @param lastId the id of the last
 * @param isReported whether an event of the ledger tells of them, or none has to
 */
public record ExternalEvents(long from, long to, long count, String firstId, String lastId, boolean isReported) {
    /** The type of the event that tells of them. */
    public static final String TYPE = "ledger_external_events";

    /** The same when an event tells of them. */
    public ExternalEvents reported() {
        return new ExternalEvents(from, to, count, firstId, lastId, true);
    }

    /** The event that tells of them. */
    public EventDraft event() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("events", count);
        data.put("first_event_id", firstId);
        data.put("last_event_id", lastId);
        data.put("from_offset", from);
        data.put("to_offset", to);
        String what = count == 1 ? "An event was" : count + " events were";
        return EventDraft.of(
                        "ledger_ext",
                        Actors.SYSTEM,
                        Actors.SENTRY,
                        TYPE,
                        1,
                        what + " written to this ledger by something else; nothing was authorized by that.")
                .denied()
                .withData(data);
    }
}
