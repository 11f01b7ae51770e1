package dev.agenttower.core.governance.hook;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.ChangeOutcomes;
import dev.agenttower.core.governance.change.ChangeSubmission;
import dev.agenttower.core.governance.change.proposal.ProposedChange;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.change.proposal.SubmittedChange;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.policy.ActionRequests;
import dev.agenttower.core.governance.policy.Ruling;
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
 * denied and becomes a change request; requests that an agent would write into their document are filed instead. Denials are on the ledger; other calls are only counted. Thread-safe.
 */
public final class ToolJudgement {
    /** The largest number of files of one call: each denial is a line of the ledger. */
    public static final int MAX_FILES = 100;

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
     * @param outcomes what agents are told beside an objection
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
     * Why a call must not be made, for the agent to read; empty if there is no objection.
     *
     * @param call the call, with paths relative to the root of the project, or absolute if they lie outside
     * @throws RefusedException FORBIDDEN, if the caller has no role, or claims another one than that of its session; INVALID, if a text is too
     *     long, or the call changes more than {@link #MAX_FILES} files
     */
    public Optional<String> objection(ToolCall call, ToolCaller caller) {
        if (call.edits().size() > MAX_FILES) {
            actions.countDenial();
            throw RefusedException.invalid("it changes more than " + MAX_FILES + " files at once");
        }
        Identity identity = identity(caller);
        List<String> objections = new ArrayList<>();
        for (FileEdit edit : call.edits()) {
            ActionRequest request = request(call, edit, caller, identity);
            if (identity.role() == null) {
                actions.denyWithoutRole(request);
                identity.requiredRole();
            }
            if (PathText.normal(edit.path()).equals(REQUESTS)) {
                actions.countDenial();
                objections.add(Text.singleLine(filed(edit, identity)));
                continue;
            }
            Ruling ruling = actions.judge(request);
            if (!ruling.isAllowed()) {
                objections.add(Text.singleLine(objection(edit, request, ruling)));
            }
        }
        if (objections.isEmpty()) {
            return Optional.empty();
        }
        objections.addAll(untold(identity));
        return Optional.of(String.join("\n", objections));
    }

    /**
     * What a person decided about changes that the caller proposed, a line for each, and that it has not been told; empty for one without a role.
     */
    public List<String> news(ToolCaller caller) {
        if (outcomes.isEmpty()) {
            return List.of();
        }
        try {
            return untold(roles.resolve(new RoleClaim(caller.agent(), caller.role(), caller.lineage())));
        } catch (RefusedException e) {
            return List.of();
        }
    }

    private List<String> untold(Identity identity) {
        @Nullable String role = identity.role();
        return role == null
                ? List.of()
                : outcomes.take(identity.agent(), role).stream()
                        .map(Text::singleLine)
                        .toList();
    }

    private Identity identity(ToolCaller caller) {
        try {
            return roles.resolve(new RoleClaim(caller.agent(), caller.role(), caller.lineage()));
        } catch (RefusedException e) {
            actions.countDenial();
            throw e;
        }
    }

    private ActionRequest request(ToolCall call, FileEdit edit, ToolCaller caller, Identity identity) {
        @Nullable GovernedSession session = identity.session();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("agent", identity.agent());
        body.put("role", identity.role());
        body.put("spec_id", spec(caller, session));
        body.put("action", edit.action());
        body.put("params", Map.of("file", edit.path()));
        body.put("rationale", caller.client().title() + " " + call.tool() + " tool: " + edit.path());
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

    private String objection(FileEdit edit, ActionRequest request, Ruling ruling) {
        if (SOVEREIGN.equals(ruling.reason())) {
            return "SOVEREIGN PATH VIOLATION: " + edit.path() + " is protected. " + submitted(edit, request);
        }
        String detail = ruling.detail() == null ? "" : " (" + ruling.detail() + ")";
        return "DTTP denied " + request.normalAction() + " on " + edit.path() + ": " + ruling.reason() + detail;
    }

    /** Submits the change, and says what became of it. */
    private String submitted(FileEdit edit, ActionRequest request) {
        String path = PathText.normal(edit.path());
        try {
            Optional<ProposedChange> proposal = edit.proposal(text(path));
            if (proposal.isEmpty()) {
                return "No change request was submitted, because the call does not tell the new content of the file, or"
                        + " does not fit it. Propose the change with: agenttower scr propose";
            }
            SubmittedChange submitted = changes.submit(new SubmitChange(
                    request.agent(),
                    request.role(),
                    request.specId(),
                    null,
                    path,
                    proposal.get().type(),
                    "Agent proposed " + request.normalAction() + " on sovereign path " + path,
                    new LinkedHashMap<>(proposal.get().payload())));
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
