package dev.agenttower.http.api;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.request.CrossRequest;
import dev.agenttower.core.governance.request.Feedback;
import dev.agenttower.core.governance.request.FileRequest;
import dev.agenttower.core.governance.request.RequestReceipt;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests from one role to another, and from the human to all: {@code /api/governance/requests} and {@code /api/requests}. */
public final class RequestRoutes {
    private static final String PATH = "/api/governance/requests";
    private static final String SHORT_PATH = "/api/requests";

    private final Selection selection;
    private final HumansOnly humans;
    private final Callers callers;

    /** Routes over these projects. */
    public RequestRoutes(Selection selection, HumansOnly humans, Callers callers) {
        this.selection = selection;
        this.humans = humans;
        this.callers = callers;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("POST", PATH, selection.inProjectOfBody(this::file)),
                Route.of("GET", PATH, selection.inProject(this::list)),
                Route.of("GET", PATH + "/{id}", selection.inProject(this::show)),
                Route.of("PUT", PATH + "/{id}/status", selection.inProjectOfBody(this::update)),
                Route.of("GET", SHORT_PATH, selection.inProject(this::list)),
                Route.of(
                        "POST",
                        SHORT_PATH,
                        humans.before(
                                "Only humans can submit feedback", selection.inProjectOfBody(this::fileFeedback))),
                Route.of("PUT", SHORT_PATH + "/{id}/status", selection.inProjectOfBody(this::update)));
    }

    private Answer file(Call call, GovernedProject project) {
        FileRequest.of(call.body()); // which field is wrong goes before who asks
        FileRequest request = FileRequest.of(callers.body(call, project, "from_agent", "from_role"));
        RequestReceipt receipt = project.requests().file(request);
        return Answer.created(
                Map.of("req_id", receipt.id(), "status", receipt.status().name(), "event_id", receipt.eventId()));
    }

    private Answer fileFeedback(Call call, GovernedProject project) {
        if (!call.hasBody()) {
            throw RefusedException.invalid("No JSON body");
        }
        RequestReceipt receipt = project.requests().file(Feedback.of(call.body()));
        return Answer.created(Map.of("status", "success", "request_id", receipt.id(), "event_id", receipt.eventId()));
    }

    private Answer list(Call call, GovernedProject project) {
        String role = call.query("role");
        String status = call.query("status");
        return Answer.ok(Map.of(
                "requests",
                project.requests().list(role == null || role.isEmpty() ? null : role).stream()
                        .filter(request ->
                                status == null || status.isEmpty() || status.equalsIgnoreCase(request.status()))
                        .map(RequestRoutes::view)
                        .toList()));
    }

    private Answer show(Call call, GovernedProject project) {
        CrossRequest request = project.requests().find(call.variable("id"));
        Map<String, @Nullable Object> view = view(request);
        view.put("type", request.type());
        view.put("priority", request.priority());
        view.put("related_specs", request.relatedSpecs());
        view.put("description", request.description());
        return Answer.ok(view);
    }

    private Answer update(Call call, GovernedProject project) {
        if (!call.hasBody()) {
            throw RefusedException.invalid("No JSON body");
        }
        String agent = call.text("agent");
        String role = call.text("role");
        if (agent == null || agent.isEmpty() || role == null || role.isEmpty()) {
            throw RefusedException.invalid("agent and role are required");
        }
        String known = callers.identity(call, project, agent, role).agent();
        String status = call.text("status");
        RequestReceipt receipt = project.requests()
                .update(call.variable("id"), known, role, status == null || status.isEmpty() ? "COMPLETED" : status);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("req_id", receipt.id());
        view.put("new_status", receipt.status().name());
        view.put("event_id", receipt.eventId());
        return Answer.ok(view);
    }

    private static Map<String, @Nullable Object> view(CrossRequest request) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", request.id());
        view.put("title", request.title());
        view.put("status", request.status());
        view.put("author", request.author());
        view.put("from_role", request.fromRole());
        view.put("to", request.to());
        view.put("date", request.date());
        view.put("summary", request.summary());
        return view;
    }
}
