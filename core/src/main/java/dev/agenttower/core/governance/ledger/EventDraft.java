package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.Surrogates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that is about to be written: everything but its time, its id and its place in the chain. Its values are as readers of the ledger will get
 * them back: numbers that are no integers as doubles, U+FFFD for half of a surrogate pair.
 *
 * @param tag what the id ends in, of which ten characters are kept
 * @param agent who acts; written in upper case, {@code UNKNOWN} when empty
 * @param role in which role; {@code unknown} when empty
 * @param actionType what is done
 * @param description a sentence for people
 * @param specRef the spec it belongs to
 * @param authorized whether it is permitted
 * @param tier 1, 2 or 3; null leaves the field out
 * @param extras further fields, in order; {@code prev_hash} and {@code hash} are ignored
 * @param id the id, where it was decided before; null lets the ledger make one
 * @param ts the time, where the writer says it; null lets the ledger take its own
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
     * Brings names and values into their written form.
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

    /** Whether an event on the ledger is this one; one that others wrote never is. */
    public boolean matches(LedgerEvent event) {
        return !event.isExternal()
                && event.actionType().equals(actionType)
                && event.description().equals(description)
                && JsonForm.canonical(event.fields().get("action_data"))
                        .equals(JsonForm.canonical(extras.get("action_data")));
    }

    /** The same with a spec. */
    public EventDraft withSpec(@Nullable String spec) {
        return new EventDraft(tag, agent, role, actionType, description, spec, authorized, tier, extras, id, ts);
    }

    /** The same, as something that was not permitted and that a human should know of. */
    public EventDraft denied() {
        return new EventDraft(tag, agent, role, actionType, description, specRef, false, tier, extras, id, ts)
                .with("escalation", true);
    }

    /** The same with one more field at the end. */
    public EventDraft with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(extras);
        more.put(key, value);
        return new EventDraft(tag, agent, role, actionType, description, specRef, authorized, tier, more, id, ts);
    }

    /** The same with {@code action_data}. */
    public EventDraft withData(Map<String, ? extends @Nullable Object> data) {
        return with("action_data", Collections.unmodifiableMap(new LinkedHashMap<>(data)));
    }

    /** The same with an id that was decided before. */
    public EventDraft withId(String eventId) {
        return new EventDraft(
                tag, agent, role, actionType, description, specRef, authorized, tier, extras, eventId, ts);
    }

    /** The same in another role. */
    public EventDraft withRole(String other) {
        return new EventDraft(tag, agent, other, actionType, description, specRef, authorized, tier, extras, id, ts);
    }
}
