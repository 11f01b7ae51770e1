package dev.agenttower.core.governance.ledger.note;

import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A range of consecutive ledger events that another program wrote.
 *
 * @param from the offset of their start
 * @param to the offset of their end
 * @param count the number of readable events
 * @param firstId the id of the first
 * @param lastId the id of the last
 * @param isReported whether an event on the ledger reports them, or no report is needed
 */
public record ExternalEvents(long from, long to, long count, String firstId, String lastId, boolean isReported) {
    /** The type of the event that reports them. */
    public static final String TYPE = "ledger_external_events";

    /** A copy marked as reported. */
    public ExternalEvents reported() {
        return new ExternalEvents(from, to, count, firstId, lastId, true);
    }

    /** The event that reports them. */
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
