package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Unseen;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The agent names and event types reserved to governance; submitted events with them are refused. */
public final class ReservedEvents {
    private static final Set<String> AGENTS = Set.of(Actors.HUMAN, Actors.SYSTEM);
    private static final Set<String> TYPES = Set.of(
            "spec_approved",
            "spec_completed",
            "spec_created",
            "integrity_reset",
            "change_decision_external",
            "change_intent_rejected",
            "governance_config_interrupted",
            "governance_config_updated",
            "governance_lock_violation",
            "governance_propagated",
            "governance_received",
            "human_steering",
            "project_init",
            "request_filed",
            "request_submitted",
            "request_status_updated",
            "role_mismatch",
            "session_start",
            "session_end",
            "task_approved",
            "task_rejected",
            "task_reassigned",
            "task_reopened",
            "tier2_authorized",
            "tier2_denied");
    private static final List<String> PREFIXES = List.of(
            "sovereign_",
            "shatterglass_",
            "break_glass",
            "ledger_",
            "allowed_",
            "denied_",
            "dry_run_validated_",
            "operator_");

    private ReservedEvents() {}

    /** Whether an agent name is reserved, ignoring case, character width, surrounding blanks and invisible characters. */
    public static boolean isAgent(String agent) {
        return AGENTS.contains(plain(agent).toUpperCase(Locale.ROOT));
    }

    /** The visible form of a name. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(ReservedEvents::isSeen)
                .forEach(plain::appendCodePoint);
        return plain.toString().strip();
    }

    private static boolean isSeen(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.NON_SPACING_MARK
                && type != Character.ENCLOSING_MARK
                && type != Character.PRIVATE_USE
                && !Unseen.is(codePoint);
    }

    /**
     * Returns the name unchanged if it is not reserved.
     *
     * @throws RefusedException FORBIDDEN, if it is reserved
     */
    public static String checked(String agent) {
        if (isAgent(agent)) {
            throw new RefusedException(ErrorCode.FORBIDDEN, "agent '" + agent + "' is reserved");
        }
        return agent;
    }

    /** Whether an event type is reserved, ignoring case, character width, surrounding blanks and invisible characters. */
    public static boolean isType(String actionType) {
        String type = plain(actionType).toLowerCase(Locale.ROOT);
        return TYPES.contains(type) || PREFIXES.stream().anyMatch(type::startsWith);
    }
}
