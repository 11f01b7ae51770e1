package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of a change request, all linked by {@code scr_id}. */
public final class ChangeEvents {
    public static final String PROPOSED = "sovereign_change_proposed";
    static final String AUTHORIZED = "sovereign_change_authorized";
    static final String APPLIED = "sovereign_change_applied";

    private ChangeEvents() {}

    public static EventDraft proposed(ChangeRequest change) {
        Map<String, @Nullable Object> data = data(change);
        data.put("intent_id", change.fields().get("intent_id"));
        return EventDraft.of(
                        "scr_prop",
                        change.agent(),
                        change.role(),
                        PROPOSED,
                        3,
                        "SCR " + change.id() + " proposed for " + change.targetPath() + ": "
                                + change.fields().get("description"))
                .withSpec(change.specRef() == null ? "SPEC-033" : change.specRef())
                .withData(data);
    }

    static EventDraft authorized(ChangeRequest change) {
        return EventDraft.of(
                        "scr_auth",
                        Actors.HUMAN,
                        Actors.COLLABORATOR,
                        AUTHORIZED,
                        1,
                        "SCR " + change.id() + " authorized by human for " + change.targetPath() + ".")
                .withSpec(change.specRef())
                .withData(data(change));
    }

    static EventDraft applied(ChangeRequest change, @Nullable String before, String after) {
        Map<String, @Nullable Object> data = data(change);
        data.put("before_sha256", before);
        data.put("after_sha256", after);
        return EventDraft.of(
                        "scr_app",
                        Actors.SYSTEM,
                        Actors.SENTRY,
                        APPLIED,
                        1,
                        "File " + change.targetPath() + " updated via SCR " + change.id() + ".")
                .withSpec(change.specRef())
                .withData(data);
    }

    public static EventDraft rejected(ChangeRequest change, String reason) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("scr_id", change.id());
        data.put("reason", reason);
        return EventDraft.of(
                        "scr_rej",
                        Actors.HUMAN,
                        Actors.COLLABORATOR,
                        "sovereign_change_rejected",
                        1,
                        "SCR " + change.id() + " rejected by human. Reason: " + reason)
                .withSpec(change.specRef())
                .withData(data);
    }

    public static EventDraft withdrawn(ChangeRequest change, String agent, String role) {
        return EventDraft.of(
                        "scr_wdr",
                        agent,
                        role,
                        "sovereign_change_withdrawn",
                        3,
                        "SCR " + change.id() + " withdrawn by " + role + ".")
                .withSpec(change.specRef())
                .withData(data(change));
    }

    static EventDraft interrupted(ChangeRequest change, @Nullable String found) {
        Map<String, @Nullable Object> data = data(change);
        data.put("found_sha256", found);
        return EventDraft.of(
                        "scr_int",
                        Actors.SYSTEM,
                        Actors.SENTRY,
                        "sovereign_change_interrupted",
                        1,
                        "SCR " + change.id() + " was interrupted and " + change.targetPath()
                                + " was changed by something else since; it stays pending.")
                .withSpec(change.specRef())
                .with("escalation", true)
                .withData(data);
    }

    private static Map<String, @Nullable Object> data(ChangeRequest change) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("scr_id", change.id());
        data.put("target_path", change.targetPath());
        return data;
    }
}
