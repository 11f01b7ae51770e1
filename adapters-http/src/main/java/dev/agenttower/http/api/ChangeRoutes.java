package dev.agenttower.http.api;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.HeapBudget;
import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.change.proposal.ChangePreview;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.change.proposal.SubmittedChange;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.text.Text;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Outcome;
import dev.agenttower.http.route.Route;
import dev.agenttower.http.route.StreamedView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sovereign change requests: {@code /api/governance/sovereign-requests}. */
public final class ChangeRoutes {
    private static final String PATH = "/api/governance/sovereign-requests";
    private static final String REFUSED = "Only humans can manage SCRs";
    private static final String EDITED = "edited_";
    private static final int SHOWN = 80;
    private static final List<String> FILTERS = List.of("status", "role", "agent", "target_path");

    private final Selection selection;
    private final HumansOnly humans;
    private final Callers callers;

    /** Routes over these projects. */
    public ChangeRoutes(Selection selection, HumansOnly humans, Callers callers) {
        this.selection = selection;
        this.humans = humans;
        this.callers = callers;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("POST", PATH, selection.inProjectOfBody(this::submit)),
                Route.of("GET", PATH, selection.inProject(this::list)),
                Route.of(
                        "GET",
                        PATH + "/{id}",
                        selection.inProject((call, project) -> Answer.ok(
                                project.changeReview().find(call.variable("id")).view()))),
                Route.of(
                        "GET",
                        PATH + "/{id}/preview",
                        selection.inProject((call, project) -> preview(call, project, Map.of()))),
                Route.of(
                        "POST",
                        PATH + "/{id}/preview",
                        selection.inProjectOfBody((call, project) -> preview(call, project, edits(call)))),
                Route.of("PUT", PATH + "/{id}", this::decide));
    }

    private Answer submit(Call call, GovernedProject project) {
        SubmitChange.of(call.body()); // which field is wrong goes before who asks
        SubmitChange change = SubmitChange.of(callers.body(call, project, "agent", "role"));
        SubmittedChange submitted = project.changeSubmission().submit(change);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", "queued");
        view.put("scr_id", submitted.request().id());
        if (submitted.isNew()) {
            view.put("message", "Change request submitted. Awaiting human authorization in ADT Panel.");
            return Answer.created(view);
        }
        view.put("message", "The same change request is waiting for human authorization already.");
        view.put("already_pending", true);
        return Answer.ok(view);
    }

    private Answer list(Call call, GovernedProject project) {
        List<ChangeRequest> wanted = project.changeReview().list(null).stream()
                .filter(request -> FILTERS.stream().allMatch(key -> isWanted(call, key, request)))
                .toList();
        boolean isWhole = !"none".equals(call.query("payload"));
        // Read and sent one by one.
        HeapBudget.CHANGES.claimInScope(wanted.stream()
                .mapToLong(isWhole ? ChangeRequest::heapBytes : ChangeRequest::summaryHeapBytes)
                .max()
                .orElse(0));
        StreamedView requests = visitor -> {
            for (ChangeRequest request : wanted) {
                if (!visitor.test(isWhole ? request.view() : request.summary())) {
                    return;
                }
            }
        };
        return Answer.ok(requests.under("requests"));
    }

    private static boolean isWanted(Call call, String key, ChangeRequest request) {
        String wanted = call.query(key);
        return wanted == null
                || wanted.isEmpty()
                || Objects.equals(
                        wanted,
                        (key.equals("status")
                                ? request.status()
                                : request.fields().get(key)));
    }

    private static Answer preview(Call call, GovernedProject project, Map<String, @Nullable Object> edits) {
        ChangePreview preview = project.changeReview().preview(call.variable("id"), edits);
        ChangeRequest request = preview.request();
        return Answer.ok(new PreviewView(
                request.id(),
                request.targetPath(),
                request.changeType(),
                request.status(),
                preview.wouldApply(),
                preview.problem(),
                preview.diff(),
                preview.result(),
                preview.submittedSha256(),
                preview.currentSha256(),
                preview.resultSha256(),
                preview.changedSinceSubmission()));
    }

    /** The human gate is checked first: for other callers no project is opened, and so none is recovered. */
    private Outcome decide(Call call) {
        String action = call.text("action");
        if (action == null || action.isEmpty()) {
            throw RefusedException.invalid("action is required");
        }
        if (action.equals("withdraw")) {
            return selection.inProject(this::withdraw).handle(call);
        }
        humans.require(call, REFUSED);
        return selection
                .inProject((asked, project) -> switch (action) {
                    case "authorize" -> authorize(asked, project);
                    case "reject" -> reject(asked, project);
                    default -> throw unknown(action, project.changeReview().find(asked.variable("id")));
                })
                .handle(call);
    }

    private static Answer authorize(Call call, GovernedProject project) {
        return decided(project.changeDecision()
                .authorize(new AuthorizeChange(
                        call.variable("id"),
                        call.text("expected_sha256"),
                        call.text("expected_result_sha256"),
                        edits(call))));
    }

    private static Answer reject(Call call, GovernedProject project) {
        if (!edits(call).isEmpty()) {
            throw RefusedException.invalid("Only an authorization takes an edited proposal");
        }
        String reason = call.text("reason");
        return decided(project.changeDecision().reject(call.variable("id"), reason == null ? "" : reason));
    }

    private static RefusedException unknown(String action, ChangeRequest request) {
        return RefusedException.invalid(
                request.isPending() ? "Invalid action: " + action : "SCR is already " + request.status());
    }

    private Answer withdraw(Call call, GovernedProject project) {
        String agent = call.text("agent");
        String role = call.text("role");
        if (agent == null || agent.isEmpty() || role == null || role.isEmpty()) {
            throw RefusedException.invalid("agent and role are required");
        }
        return decided(project.changeSubmission()
                .withdraw(
                        call.variable("id"),
                        callers.identity(call, project, agent, role).agent(),
                        role));
    }

    private static Answer decided(ChangeRequest request) {
        return Answer.ok(Map.of("status", "success", "scr_id", request.id(), "new_status", request.status()));
    }

    /** The edited payloads in a body, which replace the proposed ones. */
    private static Map<String, @Nullable Object> edits(Call call) {
        Map<String, @Nullable Object> edits = new LinkedHashMap<>();
        call.body().forEach((key, value) -> {
            if (key.startsWith(EDITED) && value != null) {
                String payload = key.substring(EDITED.length());
                if (!ChangeRequest.PAYLOAD.contains(payload)) {
                    throw RefusedException.invalid("No type of change takes " + Text.abbreviated(key, SHOWN));
                }
                edits.put(payload, value);
            }
        });
        return edits;
    }

    /** The answer to a preview. */
    record PreviewView(
            String scrId,
            String targetPath,
            String changeType,
            String status,
            boolean wouldApply,
            @Nullable String problem,
            String diff,
            @Nullable String result,
            @Nullable String submittedSha256,
            @Nullable String currentSha256,
            @Nullable String resultSha256,
            boolean changedSinceSubmission) {}
}
