package dev.agenttower.core.governance.hook;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.change.ChangeOutcomes;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.ChangeSubmission;
import dev.agenttower.core.governance.change.proposal.ProposedChange;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.change.proposal.SubmittedChange;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.policy.ActionRequests;
import dev.agenttower.core.governance.policy.PathSet;
import dev.agenttower.core.governance.policy.PolicySettings;
import dev.agenttower.core.governance.policy.Ruling;
import dev.agenttower.core.governance.policy.UnknownTools;
import dev.agenttower.core.governance.project.PathText;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.request.CrossRoleRequests;
import dev.agenttower.core.governance.request.RequestBookException;
import dev.agenttower.core.governance.request.RequestReceipt;
import dev.agenttower.core.governance.role.GovernedSession;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.core.governance.role.RoleResolution;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges tool calls of agents in one project, before their client makes them. Every file of a call is judged. A change of a sovereign file is
 * denied and becomes a change request; requests that an agent would write into their document are filed instead. Denials are on the ledger;
 * other calls are only counted, unless the project wants them recorded. Thread-safe.
 */
public final class ToolJudgement {
    /** The largest number of files of one call: each denial is a line of the ledger. */
    public static final int MAX_FILES = 100;

    /** The largest number of denials of one call for what it reads or names. */
    public static final int MAX_DENIALS = 20;

    private static final String OUTSIDE = "path_outside_project_root";
    private static final String SOVEREIGN = "sovereign_path_violation";
    private static final String REQUESTS = "_cortex/requests.md";
    private static final String DEFAULT_SPEC = "SPEC-017";

    private final ActionRequests actions;
    private final RoleResolution roles;
    private final ChangeSubmission changes;
    private final CrossRoleRequests requests;
    private final ChangeOutcomes outcomes;
    private final ProjectFiles files;
    private final Supplier<Optional<String>> activeSpec;

    /**
     * Judgement in one project.
     *
     * @param outcomes what agents have to be told
     * @param activeSpec the spec for callers that name none
     */
    public ToolJudgement(
            ActionRequests actions,
            RoleResolution roles,
            ChangeSubmission changes,
            CrossRoleRequests requests,
            ChangeOutcomes outcomes,
            ProjectFiles files,
            Supplier<Optional<String>> activeSpec) {
        this.actions = actions;
        this.roles = roles;
        this.changes = changes;
        this.requests = requests;
        this.outcomes = outcomes;
        this.files = files;
        this.activeSpec = activeSpec;
    }

    /**
     * Judges a call.
     *
     * @param call the call, with paths relative to the root of the project, or absolute if they lie outside
     * @throws RefusedException FORBIDDEN, if the caller has no role, or claims another one than that of its session, and the call changes a file
     *     or is denied; INVALID, if a text is too long, or the call changes more than {@link #MAX_FILES} files
     */
    public ToolVerdict judge(ToolCall call, ToolCaller caller) {
        if (call.edits().size() > MAX_FILES) {
            actions.countDenial();
            throw RefusedException.invalid("it changes more than " + MAX_FILES + " files at once");
        }
        List<String> objections = new ArrayList<>();
        List<ToolVerdict.Judged> judged = new ArrayList<>();
        for (String objection : call.objections()) {
            objections.add(denied(call, caller, "run", null, objection));
        }
        for (String path : call.reads()) {
            boolean isUnreadable = objections.size() < MAX_DENIALS && actions.isUnreadable(path);
            if (isUnreadable) {
                objections.add(denied(
                        call, caller, "read", path, "the project keeps this path from agents (unreadable_paths)"));
            }
            judged.add(new ToolVerdict.Judged("read", path, isUnreadable ? "unreadable_path" : null));
        }
        judgeEdits(call, caller, objections, judged);
        PolicySettings settings = actions.settings();
        @Nullable String question = null;
        if (call.kind() == ToolCall.Kind.UNKNOWN && settings.unknownTools() != UnknownTools.ALLOW) {
            String reason =
                    "AgentTower cannot tell what the tool " + Text.singleLine(call.tool(), Limits.NAME) + " changes";
            question = settings.unknownTools() == UnknownTools.ASK
                    ? caller.client().question(reason).orElse(null)
                    : null;
            if (question == null) {
                objections.add(denied(call, caller, "call", null, "unknown_tool (" + reason + ")"));
            }
        }
        if (objections.isEmpty() && call.edits().isEmpty()) {
            allowed(call, caller, settings.ledgerAllowed());
        }
        return new ToolVerdict(objections, question, judged);
    }

    /** Whether commands may write at an absolute path outside of the project. */
    public boolean isScratch(FileEdit edit) {
        PathSet scratch = actions.settings().scratchPaths();
        String path = PathText.normal(edit.path());
        return scratch.covers(path)
                && !(edit.path() + "/").contains("/../")
                && !(edit.action().equals("delete") && scratch.lists(path));
    }

    private void judgeEdits(
            ToolCall call, ToolCaller caller, List<String> objections, List<ToolVerdict.Judged> judged) {
        if (call.edits().isEmpty()) {
            return;
        }
        Identity identity = identity(caller);
        for (FileEdit edit : call.edits()) {
            ActionRequest request = request(call, edit.action(), edit.path(), caller, identity);
            if (identity.role() == null) {
                actions.deny(request, "no_role");
                identity.requiredRole();
            }
            if (PathText.normal(edit.path()).equals(REQUESTS)) {
                actions.countDenial();
                objections.add(Text.singleLine(filed(edit, identity)));
                judged.add(new ToolVerdict.Judged(request.normalAction(), edit.path(), "filed_as_request"));
                continue;
            }
            Ruling ruling = actions.judge(request);
            judged.add(new ToolVerdict.Judged(request.normalAction(), edit.path(), ruling.reason()));
            if (!ruling.isAllowed()) {
                objections.add(Text.singleLine(objection(call, edit, request, ruling, caller)));
            }
        }
    }

    /**
     * What a person decided about changes that the caller proposed, a line for each, and that it has not been told; empty for one without a role.
     */
    public List<String> news(ToolCaller caller) {
        if (outcomes.isEmpty()) {
            return List.of();
        }
        try {
            Identity identity = resolve(caller);
            @Nullable String role = identity.role();
            return role == null
                    ? List.of()
                    : outcomes.take(identity.agent(), role, caller.sessionId()).stream()
                            .map(Text::singleLine)
                            .toList();
        } catch (RefusedException | ChangeQueueException | StorageException e) {
            // Told later; whether a tool is used must not depend on it.
            return List.of();
        }
    }

    /** Leaves to the other sessions of its agent what a session of a client was to be told. */
    public void ended(String session) {
        outcomes.ended(session);
    }

    /** Records a denial for another reason than the policy about changes, and says it. */
    private String denied(ToolCall call, ToolCaller caller, String action, @Nullable String path, String reason) {
        String bounded = Text.singleLine(reason, Limits.LINE);
        String on = path == null ? "of " + call.tool() : "of " + path;
        actions.deny(request(call, action, path, caller, identity(caller)), bounded);
        return Text.singleLine("DTTP denied " + action + " " + on + ": " + bounded);
    }

    private void allowed(ToolCall call, ToolCaller caller, boolean isRecorded) {
        if (!isRecorded) {
            actions.countAllowed();
            return;
        }
        boolean isCommand = call.kind() == ToolCall.Kind.COMMAND;
        @Nullable String path = isCommand || call.reads().isEmpty() ? null : call.reads().get(0);
        String action = isCommand ? "run" : path == null ? "call" : "read";
        try {
            Identity identity = resolve(caller);
            actions.allow(request(call, action, path, caller, identity));
        } catch (RefusedException e) {
            // Such as another role than that of the session, which counts where something is changed.
            actions.countAllowed();
        }
    }

    private Identity resolve(ToolCaller caller) {
        return roles.resolve(new RoleClaim(caller.agent(), caller.role(), caller.lineage()));
    }

    private Identity identity(ToolCaller caller) {
        try {
            return resolve(caller);
        } catch (RefusedException e) {
            actions.countDenial();
            throw e;
        }
    }

    /**
     * A request in the form of the policy.
     *
     * @param path what the tool is about to touch; null if that is not known
     */
    private ActionRequest request(
            ToolCall call, String action, @Nullable String path, ToolCaller caller, Identity identity) {
        @Nullable GovernedSession session = identity.session();
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("tool", call.tool());
        if (path != null) {
            params.put("file", path);
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("agent", identity.agent());
        body.put("role", identity.role());
        body.put("spec_id", spec(caller, session));
        body.put("action", action);
        body.put("params", params);
        body.put("rationale", caller.client().title() + " " + call.tool() + " tool: " + (path == null ? action : path));
        body.put("dry_run", true);
        body.put("session_id", session == null ? caller.sessionId() : session.id());
        return ActionRequest.of(body);
    }

    private String spec(ToolCaller caller, @Nullable GovernedSession session) {
        if (session != null) {
            return session.specId();
        }
        return caller.specId() == null ? activeSpec.get().orElse(DEFAULT_SPEC) : caller.specId();
    }

    private String objection(ToolCall call, FileEdit edit, ActionRequest request, Ruling ruling, ToolCaller caller) {
        boolean isCommand = call.kind() == ToolCall.Kind.COMMAND;
        if (SOVEREIGN.equals(ruling.reason()) && isCommand) {
            return "SOVEREIGN PATH VIOLATION: " + edit.path()
                    + " is protected. Make the change with the editing tool and not"
                    + " with a command: it becomes a change request.";
        }
        if (SOVEREIGN.equals(ruling.reason())) {
            return "SOVEREIGN PATH VIOLATION: " + edit.path() + " is protected. "
                    + submitted(edit, request, caller.sessionId());
        }
        if (OUTSIDE.equals(ruling.reason()) && isCommand) {
            return "DTTP denied " + request.normalAction() + " on " + edit.path() + ": " + OUTSIDE
                    + " (the command writes outside project root)";
        }
        String detail = ruling.detail() == null ? "" : " (" + ruling.detail() + ")";
        return "DTTP denied " + request.normalAction() + " on " + edit.path() + ": " + ruling.reason() + detail;
    }

    /** Submits the change, and says what became of it. */
    private String submitted(FileEdit edit, ActionRequest request, @Nullable String session) {
        String path = PathText.normal(edit.path());
        try {
            Optional<ProposedChange> proposal = edit.proposal(text(path));
            if (proposal.isEmpty()) {
                return "No change request was submitted, because the call does not tell the new content of the file, or"
                        + " does not fit it. Propose the change with: agenttower scr propose";
            }
            SubmittedChange submitted = changes.submit(
                    new SubmitChange(
                            request.agent(),
                            request.role(),
                            request.specId(),
                            null,
                            path,
                            proposal.get().type(),
                            "Agent proposed " + request.normalAction() + " on sovereign path " + path,
                            new LinkedHashMap<>(proposal.get().payload())),
                    request.sessionId(),
                    request.text("tool"));
            outcomes.proposed(submitted.request().id(), session);
            return "Change request " + submitted.request().id()
                    + (submitted.isNew()
                            ? " has been submitted for human authorization in the ADT Panel."
                            : " with the same change waits for human authorization already.")
                    + " Do not retry: the file changes when a person authorizes it.";
        } catch (RefusedException | ProjectFileException e) {
            return "Failed to auto-submit change request: " + e.getMessage();
        }
    }

    /** Files the requests that an agent would write into their document, and says what became of them. */
    private String filed(FileEdit edit, Identity identity) {
        String denied = "DTTP denied " + edit.action() + " on " + REQUESTS + ": ";
        try {
            Optional<String> written = edit.result(text(REQUESTS));
            if (written.isEmpty()) {
                return denied
                        + "the call does not tell its new content, or does not fit it. File requests with: agenttower request file";
            }
            List<RequestReceipt> receipts =
                    requests.fileWritten(written.get(), identity.requiredRole(), identity.agent());
            if (receipts.isEmpty()) {
                return denied
                        + "it would hold no new request. Change the status of one with: agenttower request status";
            }
            String ids = receipts.stream().map(RequestReceipt::id).collect(Collectors.joining(", "));
            return "Request filed via governed API: " + ids + ". Do not write the file: it holds the request already.";
        } catch (RefusedException | ProjectFileException | RequestBookException e) {
            return denied + e.getMessage() + ". File requests with: agenttower request file";
        }
    }

    private @Nullable String text(String path) {
        files.claim(path, true);
        @Nullable ProjectText text = files.read(path);
        return text == null ? null : text.text();
    }
}
