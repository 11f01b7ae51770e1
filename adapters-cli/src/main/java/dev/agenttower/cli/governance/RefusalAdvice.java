package dev.agenttower.cli.governance;

import dev.agenttower.client.GovernanceRefusedException;
import org.jspecify.annotations.Nullable;

/** Advice for a person after a refusal of a governance request. */
public final class RefusalAdvice {
    private static final String OWN_TERMINAL =
            "run it yourself, in a terminal on the host that no agent was started from; `agenttower whoami` says whom the"
                    + " daemon takes you for";

    private RefusalAdvice() {}

    /** One line, or null if there is no advice. */
    public static @Nullable String of(GovernanceRefusedException refusal) {
        return switch (refusal.code()) {
            case "agent_process", "detached_process", "not_on_host", "other_user", "unknown_process" -> OWN_TERMINAL;
            case "passphrase_required", "passphrase_wrong" ->
                refusal.details().has("problem")
                        ? "mend or remove the file of the passphrase; `agenttower doctor` says what is wrong with it"
                        : "run it at a terminal, where the passphrase is asked for, or add --passphrase-stdin";
            case "too_many_attempts" -> "wait a minute, then try once more";
            case "project_unknown" -> "`agenttower project list` names the projects, `agenttower project add` adds one";
            case "project_ambiguous" ->
                "add --project NAME, or call from inside the project; `agenttower project list` names them";
            case "git_unknown" -> "try again, or end it with --force";
            case "not_own_session" -> "a session is ended by itself, or by the human";
            case "role_mismatch" -> "work in the role of your session; `agenttower whoami` names it";
            case "no_role" -> "name a role with --role, or set ADT_ROLE";
            case "conflict" ->
                refusal.details().has("current_sha256") || refusal.details().has("result_sha256")
                        ? "look at `agenttower scr diff` again, and decide on that"
                        : null;
            case "busy" -> "try again in a moment";
            case "failed" -> "`agenttower doctor` names files that are broken";
            default -> null;
        };
    }
}
