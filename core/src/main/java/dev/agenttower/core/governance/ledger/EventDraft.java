package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.Surrogates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event to be written, without its position in the chain. Values are normalized to the form that readers of the ledger get: non-integer
 * numbers as doubles, U+FFFD for unpaired surrogates.
 *
 * @param tag a part of the generated id, of which ten characters are kept
 * @param agent the acting agent; written in upper case, {@code UNKNOWN} when empty
 * @param role its role; {@code unknown} when empty
 * @param actionType the type of the event
 * @param description a sentence for people
 * @param specRef the spec it belongs to
 * @param authorized whether it is permitted
 * @param tier 1, 2 or 3; null leaves the field out
 * @param extras further fields, in order; {@code prev_hash} and {@code hash} are ignored
 * @param id a given id; null lets the ledger create one
 * @param ts a given time; null lets the ledger use the current time
 */
public record EventDraft(
        String tag,
        String agent,
        String role,
        String actionType,
        String description,
        @Nullable String specRef,
        boolean authorized,
        @Nullable Integer tier,
        Map<String, @Nullable Object> extras,
        @Nullable String id,
        @Nullable String ts) {
    /**
     * Normalizes names and values.
     *
     * @throws IllegalArgumentException if a number is {@code NaN} or infinite
     */
    public EventDraft {
        agent = agent.isEmpty() ? "UNKNOWN" : Surrogates.mended(agent.toUpperCase(Locale.ROOT));
        role = role.isEmpty() ? "unknown" : Surrogates.mended(role);
        description = Surrogates.mended(description);
        specRef = specRef == null ? null : Surrogates.mended(specRef);
        if (tier != null && (tier < 1 || tier > 3)) {
            throw new IllegalArgumentException("tier " + tier + " is not 1, 2 or 3");
        }
        extras = Collections.unmodifiableMap(LedgerValues.of(extras));
    }

    /** A permitted event without spec and extras. */
    public static EventDraft of(
            String tag, String agent, String role, String actionType, int tier, String description) {
        return new EventDraft(tag, agent, role, actionType, description, null, true, tier, Map.of(), null, null);
    }

    /** Whether an event on the ledger has the type, description and data of this draft. An external event never matches. */
    public boolean matches(LedgerEvent event) {
        return !event.isExternal()
                && event.actionType().equals(actionType)
                && event.description().equals(description)
                && JsonForm.canonical(event.fields().get("action_data"))
                        .equals(JsonForm.canonical(extras.get("action_data")));
    }

    /** A copy with a spec. */
    public EventDraft withSpec(@Nullable String spec) {
        return new EventDraft(tag, agent, role, actionType, description, spec, authorized, tier, extras, id, ts);
    }

    /** A copy marked as not permitted and escalated to a human. */
    public EventDraft denied() {
        return new EventDraft(tag, agent, role, actionType, description, specRef, false, tier, extras, id, ts)
                .with("escalation", true);
    }

    /** A copy with a further field at the end. */
    public EventDraft with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(extras);
        more.put(key, value);
        return new EventDraft(tag, agent, role, actionType, description, specRef, authorized, tier, more, id, ts);
    }

    /** A copy with {@code action_data}. */
    public EventDraft withData(Map<String, ? extends @Nullable Object> data) {
        return with("action_data", Collections.unmodifiableMap(new LinkedHashMap<>(data)));
    }

    /** A copy with a given id. */
    public EventDraft withId(String eventId) {
        return new EventDraft(
                tag, agent, role, actionType, description, specRef, authorized, tier, extras, eventId, ts);
    }

    /** A copy in another role. */
    public EventDraft withRole(String other) {
        return new EventDraft(tag, agent, other, actionType, description, specRef, authorized, tier, extras, id, ts);
    }
}
