package dev.agenttower.client;

import static dev.agenttower.client.Fields.all;
import static dev.agenttower.client.Fields.text;
import static dev.agenttower.client.Fields.textOrNull;
import static dev.agenttower.client.Fields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.Receipt;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.client.governance.hook.HookAnswer;
import dev.agenttower.client.governance.hook.HookVerdict;
import dev.agenttower.client.governance.hook.LastHookCalls;
import dev.agenttower.client.governance.human.CallerIdentity;
import dev.agenttower.client.governance.human.ProcessIdentity;
import dev.agenttower.client.governance.ledger.LedgerCheck;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSlice;
import dev.agenttower.client.governance.policy.Enforcement;
import dev.agenttower.client.governance.policy.PolicyConflict;
import dev.agenttower.client.governance.policy.PolicyFileProblem;
import dev.agenttower.client.governance.policy.PolicyState;
import dev.agenttower.client.governance.policy.RoleRights;
import dev.agenttower.client.governance.policy.Ruling;
import dev.agenttower.client.governance.policy.SpecRights;
import dev.agenttower.client.governance.project.Project;
import dev.agenttower.client.governance.request.RoleRequest;
import dev.agenttower.client.governance.role.AgentSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the governance API. */
final class GovernanceRows {
    private GovernanceRows() {}

    static SovereignChange change(JsonNode row) {
        return new SovereignChange(
                text(row, "id"),
                text(row, "ts"),
                text(row, "agent"),
                text(row, "role"),
                textOrNull(row, "spec_ref"),
                textOrNull(row, "intent_id"),
                text(row, "target_path"),
                text(row, "change_type"),
                proposal(row),
                text(row, "description"),
                text(row, "status"),
                textOrNull(row, "authorized_by"),
                textOrNull(row, "authorized_at"),
                textOrNull(row, "rejection_reason"),
                row.path("was_edited").asBoolean(),
                row);
    }

    private static @Nullable Proposal proposal(JsonNode row) {
        JsonNode content = row.path("content");
        JsonNode patch = row.path("patch");
        return switch (text(row, "change_type")) {
            case "patch" ->
                patch.path("old_string").isTextual() && patch.path("new_string").isTextual()
                        ? new Proposal.Patch(text(patch, "old_string"), text(patch, "new_string"))
                        : null;
            case "append" -> content.isTextual() ? new Proposal.Append(content.textValue()) : null;
            case "full_replace" -> content.isTextual() ? new Proposal.FullReplace(content.textValue()) : null;
            case "json_merge" ->
                row.path("merge_data").isObject() ? new Proposal.JsonMerge(row.path("merge_data")) : null;
            default -> null;
        };
    }

    static ChangePreview preview(JsonNode answer) {
        return new ChangePreview(
                text(answer, "scr_id"),
                text(answer, "target_path"),
                text(answer, "change_type"),
                text(answer, "status"),
                answer.path("would_apply").asBoolean(),
                textOrNull(answer, "problem"),
                text(answer, "diff"),
                textOrNull(answer, "result"),
                textOrNull(answer, "submitted_sha256"),
                textOrNull(answer, "current_sha256"),
                textOrNull(answer, "result_sha256"),
                answer.path("changed_since_submission").asBoolean(),
                answer);
    }

    static RoleRequest request(JsonNode row) {
        return new RoleRequest(
                text(row, "id"),
                text(row, "title"),
                text(row, "status"),
                text(row, "author"),
                text(row, "from_role"),
                text(row, "to"),
                text(row, "date"),
                text(row, "summary"),
                textOrNull(row, "type"),
                textOrNull(row, "priority"),
                texts(row.path("related_specs")),
                textOrNull(row, "description"),
                row);
    }

    static Ruling ruling(JsonNode answer) {
        @Nullable String event = textOrNull(answer, "event_id");
        if (text(answer, "status").equals("denied")) {
            return new Ruling.Denied(text(answer, "reason"), textOrNull(answer, "detail"), event);
        }
        JsonNode result = answer.path("result");
        return new Ruling.Allowed(
                answer.path("dry_run").asBoolean(), result.isObject() ? result : JsonText.object(), event);
    }

    static LedgerEntry event(JsonNode row) {
        return new LedgerEntry(
                text(row, "event_id"),
                text(row, "ts"),
                text(row, "agent"),
                text(row, "role"),
                text(row, "action_type"),
                text(row, "description"),
                textOrNull(row, "spec_ref"),
                row.path("authorized").asBoolean(),
                row);
    }

    static LedgerSlice slice(JsonNode answer) {
        return new LedgerSlice(
                all(answer.path("events"), GovernanceRows::event),
                text(answer, "before"),
                text(answer, "after"),
                answer.path("has_more").asBoolean(),
                answer);
    }

    static LedgerCheck check(JsonNode answer) {
        return new LedgerCheck(
                answer.path("valid").asBoolean(),
                texts(answer.path("errors")),
                answer.path("events").asLong(),
                answer.path("faults").asLong(),
                answer.path("first_bad_line").asLong(),
                answer);
    }

    static RoleRights rights(String name, JsonNode row) {
        return new RoleRights(
                name,
                texts(row.path("paths")),
                texts(row.path("action_types")),
                texts(row.path("specs")),
                row.path("locked").asBoolean());
    }

    static SpecRights spec(String id, JsonNode row) {
        return new SpecRights(
                id,
                text(row, "title"),
                text(row, "status"),
                texts(row.path("roles")),
                texts(row.path("action_types")),
                texts(row.path("paths")));
    }

    static Enforcement enforcement(JsonNode answer) {
        JsonNode paths = answer.path("protected_paths");
        return new Enforcement(
                text(answer, "mode"),
                text(answer, "status"),
                texts(paths.path("sovereign")),
                texts(paths.path("constitutional")),
                all(answer.path("recent_denials"), GovernanceRows::event),
                answer);
    }

    static PolicyConflict conflict(JsonNode row) {
        return new PolicyConflict(
                text(row, "type"),
                text(row, "role"),
                textOrNull(row, "path"),
                textOrNull(row, "spec_id"),
                text(row, "message"));
    }

    static Receipt receipt(JsonNode answer) {
        return new Receipt(text(answer, "event_id"), answer);
    }

    static PolicyState state(JsonNode answer) {
        return new PolicyState(
                text(answer, "project"),
                text(answer, "enforcement_mode"),
                answer.path("policy_loaded").asBoolean(),
                answer.path("specs_count").asInt(),
                answer.path("jurisdictions_count").asInt(),
                answer.path("total_requests").asLong(),
                answer.path("total_denials").asLong(),
                problems(answer),
                answer);
    }

    static Project project(String name, JsonNode row, JsonNode answer) {
        JsonNode stats = row.path("stats");
        return new Project(
                name,
                text(row, "path"),
                text(row, "status"),
                text(row, "registered_at"),
                stats.path("specs").asInt(),
                stats.path("tasks").asInt(),
                stats.path("ads_events").asLong(),
                problems(row),
                texts(answer.path("created")),
                answer);
    }

    static LastHookCalls hookCalls(JsonNode answer) {
        return new LastHookCalls(
                text(answer, "since"),
                all(
                        answer.path("calls"),
                        row -> new LastHookCalls.Call(
                                text(row, "client"),
                                text(row, "event"),
                                text(row, "at"),
                                row.path("process").asLong())),
                answer);
    }

    static HookVerdict hookVerdict(JsonNode answer) {
        return new HookVerdict(
                new HookAnswer(answer.path("exit_status").asInt(), Fields.text(answer, "text")),
                Fields.text(answer, "tool"),
                Fields.all(
                        answer.path("paths"),
                        row -> new HookVerdict.Path(
                                Fields.text(row, "action"),
                                Fields.text(row, "path"),
                                Fields.textOrNull(row, "denial"))),
                answer);
    }

    static ProcessIdentity process(JsonNode answer) {
        return new ProcessIdentity(
                answer.path("human").asBoolean(),
                textOrNull(answer, "human_reason"),
                answer.path("passphrase_set").asBoolean(),
                text(answer, "explanation"),
                answer);
    }

    static CallerIdentity identity(JsonNode answer) {
        return new CallerIdentity(
                textOrNull(answer, "project"),
                textOrNull(answer, "agent"),
                textOrNull(answer, "role"),
                text(answer, "role_source"),
                textOrNull(answer, "session_id"),
                textOrNull(answer, "spec_id"),
                answer.path("human").asBoolean(),
                textOrNull(answer, "human_reason"),
                answer.path("passphrase_set").asBoolean(),
                text(answer, "explanation"),
                answer);
    }

    static AgentSession session(JsonNode row) {
        return new AgentSession(
                text(row, "session_id"),
                text(row, "agent"),
                text(row, "role"),
                text(row, "spec_id"),
                text(row, "ts"),
                row);
    }

    private static List<PolicyFileProblem> problems(JsonNode row) {
        return all(
                row.path("problems"),
                problem -> new PolicyFileProblem(text(problem, "file"), text(problem, "problem")));
    }
}
