package dev.agenttower.http.api;

import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.ProjectFigures;
import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The registered projects, and the changes that wait for a human in all of them: {@code /api/projects}, {@code /api/governance/statusline}. */
public final class ProjectRoutes {
    private static final String REFUSED = "Only humans can manage projects";

    private final GovernedProjects projects;
    private final HumansOnly humans;
    private final AgentStates states;

    /** Routes over these projects; the status line also counts agents by their states. */
    public ProjectRoutes(Selection selection, HumansOnly humans, AgentStates states) {
        this.states = states;
        this.projects = selection.projects();
        this.humans = humans;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/projects", call -> list(project -> !project.isFramework())),
                Route.of("GET", "/api/projects/all", call -> list(project -> true)),
                Route.of("GET", "/api/forge", call -> forge()),
                Route.of("POST", "/api/projects", this::add),
                Route.of("POST", "/api/projects/init", this::init),
                Route.of("GET", "/api/projects/{name}", this::show),
                Route.of("DELETE", "/api/projects/{name}", this::remove),
                Route.of("GET", "/api/governance/statusline", this::statusline));
    }

    private Answer list(Predicate<RegisteredProject> isShown) {
        Map<String, Object> shown = new LinkedHashMap<>();
        projects.list().stream().filter(isShown).forEach(project -> shown.put(project.name(), entry(project)));
        return Answer.ok(shown);
    }

    private Answer forge() {
        Answer forge = list(RegisteredProject::isFramework);
        if (forge.view().equals(Map.of())) {
            throw new RefusedException(ErrorCode.NOT_FOUND, "Forge not found");
        }
        return forge;
    }

    private Answer show(Call call) {
        RegisteredProject project = projects.registered(call.variable("name"));
        Map<String, @Nullable Object> view = entry(project);
        view.put("name", project.name());
        view.put("last_drift", lastDrift(project));
        return Answer.ok(view);
    }

    private @Nullable Map<String, Object> lastDrift(RegisteredProject project) {
        try {
            return projects.open(project)
                    .drift()
                    .last()
                    .<Map<String, Object>>map(
                            drift -> Map.of("target_path", drift.path(), "ts", drift.ts(), "event_id", drift.eventId()))
                    .orElse(null);
        } catch (RefusedException e) {
            return null; // the missing folder is among the problems
        }
    }

    private Answer add(Call call) {
        humans.require(call, REFUSED);
        GovernedProjects.Registered registered = projects.add(path(call), call.text("name"));
        return new Answer(registered.isNew() ? 201 : 200, registered(registered.project()));
    }

    private Answer init(Call call) {
        Object detect = call.body().get("detect");
        humans.require(call, REFUSED);
        GovernedProjects.Initialized initialized =
                projects.init(path(call), call.text("name"), !Boolean.FALSE.equals(detect));
        Map<String, @Nullable Object> view = registered(initialized.project());
        view.put("created", initialized.created());
        return new Answer(initialized.created().isEmpty() ? 200 : 201, view);
    }

    private static String path(Call call) {
        String path = call.text("path");
        if (path == null || path.isEmpty()) {
            throw RefusedException.invalid("path is required");
        }
        return path;
    }

    private Answer remove(Call call) {
        humans.require(call, REFUSED);
        String name = call.variable("name");
        projects.remove(name);
        return Answer.ok(Map.of("status", "success", "name", name));
    }

    private Answer statusline(Call call) {
        String only = call.query("project");
        boolean isOfAll = only == null || only.isEmpty();
        List<RegisteredProject> shown =
                only == null || only.isEmpty() ? projects.list() : List.of(projects.registered(only));
        Map<String, Long> waiting = new LinkedHashMap<>();
        for (RegisteredProject project : shown) {
            try {
                waiting.put(
                        project.name(), projects.open(project).changeReview().pending());
            } catch (RefusedException | ChangeQueueException e) {
                // a missing folder has no pending changes, nor does a broken queue, which is among the problems
                waiting.put(project.name(), 0L);
            }
        }
        long pending = waiting.values().stream().mapToLong(Long::longValue).sum();
        // Agents belong to no project.
        AgentStates.Counts agents = isOfAll ? states.counts() : new AgentStates.Counts(0, 0);
        List<String> parts = new ArrayList<>();
        if (agents.needPerson() > 0) {
            parts.add(agents.needPerson() + " need you");
        }
        if (agents.working() > 0) {
            parts.add(agents.working() + " working");
        }
        if (pending > 0) {
            parts.add("Pending authorizations: " + pending);
        }
        // The script that reads the answer relies on the order of the keys: before the names of projects stands what it
        // reads.
        return Answer.ok(Map.of(
                "agents",
                Map.of("need_you", agents.needPerson(), "working", agents.working()),
                "text",
                String.join(" · ", parts),
                "pending",
                pending,
                "projects",
                waiting));
    }

    private static Map<String, @Nullable Object> registered(RegisteredProject project) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("name", project.name());
        named.put("path", project.path());
        named.put("port", null);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("project", named);
        return view;
    }

    private Map<String, @Nullable Object> entry(RegisteredProject project) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("path", project.path());
        view.put("project_type", project.isFramework() ? "forge" : "governed");
        view.put("is_framework", project.isFramework());
        view.put("status", "active");
        view.put("registered_at", project.registeredAt());
        view.put("dttp_port", null);
        view.put("panel_port", null);
        List<PolicyProblem> problems = projects.problems(project);
        ProjectFigures figures = new ProjectFigures(0, 0, 0);
        boolean isOpen = problems.stream().noneMatch(problem -> problem.file().equals("."));
        if (isOpen) {
            figures = projects.open(project).figures();
        }
        view.put("dttp_running", isOpen);
        view.put("problems", problems);
        view.put(
                "stats",
                Map.of("specs", figures.specs(), "tasks", figures.tasks(), "ads_events", figures.ledgerLines()));
        return view;
    }
}
