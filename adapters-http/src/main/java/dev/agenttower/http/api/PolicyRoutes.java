package dev.agenttower.http.api;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.policy.ActionOutcome;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.text.Text;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Outcome;
import dev.agenttower.http.route.Refusals;
import dev.agenttower.http.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions about actions: {@code /api/dttp}. */
public final class PolicyRoutes {
    private static final int LONGEST_RATIONALE = 500;
    private static final Refusals REFUSALS = PolicyRoutes::refused;

    private final Selection selection;
    private final Callers callers;
    private final InstantSource clock;
    private final Instant startedAt;

    /** Routes of a service with its start time. */
    public PolicyRoutes(Selection selection, Callers callers, InstantSource clock, Instant startedAt) {
        this.selection = selection;
        this.callers = callers;
        this.clock = clock;
        this.startedAt = startedAt;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("POST", "/api/dttp/request", this::request).refusing(REFUSALS),
                Route.of("GET", "/api/dttp/status", selection.inProject(this::status)),
                Route.of(
                        "GET",
                        "/api/dttp/policy",
                        selection.inProject((call, project) -> Answer.ok(PolicyView.of(project.policy())))));
    }

    private Outcome request(Call call) {
        if (!call.hasBody()) {
            throw invalid("INVALID_BODY", "No data provided");
        }
        Map<String, @Nullable Object> body = call.body();
        checkLengths(body);
        return selection.inProjectOfBody(this::decide).handle(call);
    }

    private Answer decide(Call call, GovernedProject project) {
        ActionOutcome outcome = project.handle(
                ActionRequest.of(callers.named(call, "agent")), call.caller().lineage());
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        if (!outcome.isAllowed()) {
            view.put("status", "denied");
            view.put("reason", outcome.reason());
            if (outcome.detail() != null) {
                view.put("detail", outcome.detail());
            }
            return new Answer(403, view);
        }
        view.put("status", "allowed");
        if (outcome.dryRun()) {
            view.put("dry_run", true);
        } else {
            view.put("result", outcome.result());
        }
        return Answer.ok(view);
    }

    private static void checkLengths(Map<String, @Nullable Object> body) {
        if (!(body.get("rationale") instanceof String rationale) || rationale.isBlank()) {
            throw invalid("INVALID_RATIONALE", "Rationale must be a non-empty string");
        }
        if (Text.length(rationale) > LONGEST_RATIONALE) {
            throw invalid("RATIONALE_TOO_LONG", "Rationale exceeds " + LONGEST_RATIONALE + " characters");
        }
        if (body.get("params") != null && !(body.get("params") instanceof Map<?, ?>)) {
            throw invalid("INVALID_PARAMS", "Params must be a dictionary");
        }
    }

    private Answer status(Call call, GovernedProject project) {
        return Answer.ok(PolicyStatusView.of(
                project, Duration.between(startedAt, clock.instant()).toSeconds()));
    }

    private static RefusedException invalid(String code, String message) {
        return new RefusedException(ErrorCode.INVALID, message, Map.of("code", code));
    }

    /** An invalid request is an error; a request by the wrong caller is a denial. */
    private static Answer refused(RefusedException refusal) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>(refusal.details());
        if (refusal.code() == ErrorCode.FORBIDDEN) {
            view.put("status", "denied");
            view.putIfAbsent("reason", refusal.getMessage());
        } else {
            view.put("status", "error");
            view.putIfAbsent(
                    "code",
                    refusal.code() == ErrorCode.INVALID
                            ? "INVALID_BODY"
                            : refusal.code().name());
        }
        view.put("message", refusal.getMessage());
        if (refusal.code() == ErrorCode.NOT_FOUND) {
            view.put("error", refusal.getMessage());
        }
        return new Answer(Refusals.status(refusal.code()), view);
    }
}
