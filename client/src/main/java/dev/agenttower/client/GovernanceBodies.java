package dev.agenttower.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.ChangeProposal;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.ledger.LedgerNote;
import dev.agenttower.client.governance.policy.ProposedAction;
import dev.agenttower.client.governance.policy.RoleChange;
import dev.agenttower.client.governance.policy.SpecChange;
import dev.agenttower.client.governance.request.RequestDraft;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.SessionDraft;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of governance requests. */
final class GovernanceBodies {
    private GovernanceBodies() {}

    static ObjectNode proposal(ChangeProposal action) {
        ObjectNode body = actor(action.by())
                .put("target_path", action.targetPath())
                .put("change_type", action.proposal().changeType())
                .put("description", action.description());
        putIfSet(body, "spec_ref", action.specRef());
        putIfSet(body, "intent_id", action.intentId());
        return payload(body, "", action.proposal());
    }

    static ObjectNode authorization(Authorization authorization) {
        ObjectNode body = JsonText.object().put("action", "authorize");
        putIfSet(body, "expected_sha256", authorization.expectedSha256());
        putIfSet(body, "expected_result_sha256", authorization.expectedResultSha256());
        @Nullable Proposal edited = authorization.edited();
        return edited == null ? body : edited(body, edited);
    }

    static ObjectNode edited(ObjectNode body, Proposal edited) {
        return payload(body, "edited_", edited);
    }

    private static ObjectNode payload(ObjectNode body, String prefix, Proposal proposal) {
        if (proposal instanceof Proposal.Patch patch) {
            body.putObject(prefix + "patch")
                    .put("old_string", patch.oldString())
                    .put("new_string", patch.newString());
        } else if (proposal instanceof Proposal.Append append) {
            body.put(prefix + "content", append.content());
        } else if (proposal instanceof Proposal.FullReplace replacement) {
            body.put(prefix + "content", replacement.content());
        } else if (proposal instanceof Proposal.JsonMerge merge) {
            body.set(prefix + "merge_data", merge.data());
        } else {
            throw new IllegalStateException("no such proposal: " + proposal.changeType());
        }
        return body;
    }

    static ObjectNode draft(RequestDraft draft) {
        ObjectNode body = JsonText.object()
                .put("from_role", draft.by().role())
                .put("from_agent", draft.by().agent())
                .put("to_role", draft.toRole())
                .put("title", draft.title())
                .put("description", draft.description())
                .put("priority", draft.priority())
                .put("type", draft.type());
        draft.relatedSpecs().forEach(body.putArray("related_specs")::add);
        return body;
    }

    static ObjectNode action(ProposedAction action) {
        ObjectNode body = actor(action.by())
                .put("spec_id", action.specId())
                .put("action", action.action())
                .put("rationale", action.rationale())
                .put("dry_run", action.isDryRun());
        body.set("params", action.params());
        putIfSet(body, "session_id", action.sessionId());
        return body;
    }

    static ObjectNode session(SessionDraft draft) {
        ObjectNode body = actor(draft.by()).put("spec_id", draft.specId()).put("sandbox", draft.isSandboxed());
        putIfSet(body, "session_id", draft.id());
        @Nullable Long pid = draft.pid();
        if (pid != null) {
            body.put("pid", pid);
        }
        return body;
    }

    static ObjectNode roleChange(RoleChange change) {
        ObjectNode body = JsonText.object();
        putIfSet(body, "paths", change.paths());
        putIfSet(body, "action_types", change.actionTypes());
        @Nullable Boolean locked = change.locked();
        if (locked != null) {
            body.put("locked", locked);
        }
        return change.unlock() ? body.put("unlock", true) : body;
    }

    static ObjectNode specChange(SpecChange change) {
        ObjectNode body = JsonText.object();
        putIfSet(body, "roles", change.roles());
        putIfSet(body, "action_types", change.actionTypes());
        return body;
    }

    static ObjectNode note(LedgerNote note) {
        return actor(note.by())
                .put("event_id", "evt_" + UUID.randomUUID())
                .put("ts", DateTimeFormatter.ISO_INSTANT.format(note.at()))
                .put("action_type", note.actionType())
                .put("description", note.description())
                .put("spec_ref", note.specRef())
                .put("authorized", note.isAuthorized());
    }

    static ObjectNode actor(Actor by) {
        return JsonText.object().put("agent", by.agent()).put("role", by.role());
    }

    static void putIfSet(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static void putIfSet(ObjectNode body, String name, @Nullable List<String> values) {
        if (values != null) {
            values.forEach(body.putArray(name)::add);
        }
    }
}
