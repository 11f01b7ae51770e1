package dev.agenttower.core.governance.ledger;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.exclusion.KeyedLock;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.json.JsonForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Appends complete events that callers submit, and refuses those in the name of the human or of governance itself. Thread-safe. */
public final class EventSubmission {
    /** The required fields of every event. */
    public static final List<String> REQUIRED =
            List.of("event_id", "ts", "agent", "role", "action_type", "description", "spec_ref", "authorized");

    private static final Set<String> OWN = Set.of("tier", "prev_hash", "hash");
    private static final int MAX_LENGTH = 65_536;
    private static final String MISMATCH = "Event does not match schema";

    private final Ledger ledger;
    private final RecentEvents recent;
    private final KeyedLock<String> turns = new KeyedLock<>();

    /** Submission to one ledger. */
    public EventSubmission(Ledger ledger) {
        this.ledger = ledger;
        this.recent = new RecentEvents(ledger);
    }

    /**
     * Appends an event with its own id and time; {@code prev_hash} and {@code hash} are replaced. Idempotent: an equal event among the last
     * thousand is not appended again.
     *
     * @return its id
     * @throws RefusedException INVALID, if the event does not match the schema or is too long; FORBIDDEN, if its agent or its type is reserved;
     *     CONFLICT, if one of the last thousand events has the same id and different content
     * @throws LedgerException if it could not be written
     */
    public String submit(Map<String, ? extends @Nullable Object> event) {
        EventDraft draft = draft(event);
        ReservedEvents.checked(draft.agent());
        if (ReservedEvents.isType(draft.actionType())) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "action_type '" + draft.actionType() + "' is reserved");
        }
        if (JsonForm.line(event).length() > MAX_LENGTH) {
            throw RefusedException.invalid("event exceeds " + MAX_LENGTH + " characters");
        }
        String id = requireNonNull(draft.id());
        return turns.holding(id, () -> append(id, draft));
    }

    private String append(String id, EventDraft draft) {
        String known = recent.find(id);
        if (known == null) {
            return ledger.append(draft).id();
        }
        if (known.equals(RecentEvents.content(LedgerChain.fields(draft)))) {
            return id;
        }
        throw new RefusedException(ErrorCode.CONFLICT, "another event has the id '" + id + "'");
    }

    private static EventDraft draft(Map<String, ? extends @Nullable Object> event) {
        if (!event.keySet().containsAll(REQUIRED)
                || !(event.get("authorized") instanceof Boolean authorized)
                || RecordTimestamps.parse(text(event, "ts")).isEmpty()) {
            throw RefusedException.invalid(MISMATCH);
        }
        Map<String, @Nullable Object> extras = new LinkedHashMap<>(event);
        REQUIRED.forEach(extras::remove);
        OWN.forEach(extras::remove);
        Object spec = event.get("spec_ref");
        return new EventDraft(
                "log",
                Limits.name("agent", text(event, "agent")),
                Limits.name("role", text(event, "role")),
                Limits.name("action_type", text(event, "action_type")),
                Limits.check("description", text(event, "description"), Limits.TEXT),
                spec == null ? null : Limits.name("spec_ref", text(event, "spec_ref")),
                authorized,
                tier(event),
                extras,
                Limits.name("event_id", text(event, "event_id")),
                text(event, "ts"));
    }

    private static @Nullable Integer tier(Map<String, ? extends @Nullable Object> event) {
        if (!event.containsKey("tier")) {
            return null;
        }
        if (event.get("tier") instanceof Integer tier && tier >= 1 && tier <= 3) {
            return tier;
        }
        throw RefusedException.invalid(MISMATCH);
    }

    private static String text(Map<String, ? extends @Nullable Object> event, String key) {
        if (event.get(key) instanceof String text) {
            return text;
        }
        throw RefusedException.invalid(MISMATCH);
    }
}
