package dev.agenttower.http.api;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.human.AgentMarking;
import dev.agenttower.core.governance.human.NotHuman;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.human.SessionRoots;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.role.EndedSession;
import dev.agenttower.core.governance.role.GovernedSession;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.core.governance.role.RoleSource;
import dev.agenttower.core.governance.role.StartSession;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Caller;
import dev.agenttower.http.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of agents, and who calls: {@code /api/sessions}, {@code /api/governance/identity}, {@code /api/governance/callers}.
 */
public final class SessionRoutes {
    private static final String UNKNOWN = "unknown";
    private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,9}");

    private final Selection selection;
    private final HumansOnly humans;
    private final Callers callers;
    private final HostGate host;
    private final ProcessTree processes;
    private final AgentMarking marking;
    private final SessionRoots roots;

    /** Routes over these projects; a process bound to a session is marked as an agent's. */
    public SessionRoutes(
            Selection selection,
            HumansOnly humans,
            Callers callers,
            HostGate host,
            ProcessTree processes,
            AgentMarking marking,
            SessionRoots roots) {
        this.selection = selection;
        this.humans = humans;
        this.callers = callers;
        this.host = host;
        this.processes = processes;
        this.marking = marking;
        this.roots = roots;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("POST", "/api/sessions/start", selection.inProjectOfBody(this::start)),
                Route.of("POST", "/api/sessions/end", selection.inProjectOfBody(this::end)),
                Route.of("GET", "/api/sessions", selection.inProject(this::list)),
                Route.of("GET", "/api/governance/identity", selection.inProjectIfAny(this::identity)),
                Route.of("GET", "/api/governance/callers/{pid}", this::caller));
    }

    private Answer start(Call call, GovernedProject project) {
        Map<String, @Nullable Object> body = withId(callers.named(call, "agent"));
        StartSession start = StartSession.of(body, null, call.caller().lineage());
        Object pid = call.body().get("pid");
        if (pid != null) {
            Root root = root(call, pid);
            List<LiveProcess> lineage = root.isOfCaller() ? call.caller().lineage() : root.lineage();
            start = StartSession.of(body, null, lineage).boundTo(root.process().member());
            if (!root.isOfCaller()) {
                requireFree(root, start, project);
            }
            marking.markRoot(root.process(), lineage);
        }
        String eventId = project.sessions().start(start);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("event_id", eventId);
        if (!start.sessionId().equals(call.body().get("session_id"))) {
            view.put("session_id", start.sessionId());
        }
        return Answer.ok(view);
    }

    private Answer end(Call call, GovernedProject project) {
        StartSession session = StartSession.of(
                callers.named(call, "agent"), null, call.caller().lineage());
        if (!host.isOnHost(call.caller().peer())) {
            throw new RefusedException(
                    ErrorCode.FORBIDDEN,
                    "Only a process on the host can end a session",
                    Map.of("reason", "not_on_host"));
        }
        callers.identity(call, project, session.agent(), session.role());
        EndedSession ended = project.sessions()
                .end(
                        session,
                        Boolean.TRUE.equals(call.body().get("force")),
                        humans.refusalByOrigin(call).isEmpty());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("event_id", ended.eventId());
        view.put("commit_hash", ended.commitHash());
        if (!ended.unknown().isEmpty()) {
            view.put("git_unknown", ended.unknown());
        }
        return Answer.ok(view);
    }

    private Answer list(Call call, GovernedProject project) {
        return Answer.ok(Map.of(
                "sessions",
                project.sessions().list().stream().map(SessionRoutes::view).toList()));
    }

    private Answer identity(Call call, Optional<GovernedProject> project) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        String why = project.map(known -> describe(view, call, known)).orElseGet(() -> describeWithoutProject(view));
        NotHuman notHuman = humans.refusalByOrigin(call).orElse(null);
        Optional<Agent> agent = callers.agent(call);
        view.put("agent_id", agent.map(known -> known.id().value()).orElse(null));
        view.put("label", agent.map(Agent::label).orElse(null));
        view.put("human", notHuman == null);
        view.put("human_reason", notHuman == null ? null : notHuman.wire());
        view.put("passphrase_set", humans.asksForPassphrase());
        view.put("pid", call.caller().peer().pid());
        view.put("uid", call.caller().peer().uid());
        view.put("on_host", host.isOnHost(call.caller().peer()));
        view.put(
                "explanation",
                why + "; "
                        + (notHuman == null
                                ? "taken for a human"
                                : "not taken for a human: " + humans.sentence(notHuman, call)));
        return Answer.ok(view);
    }

    /** What the human gate would say to another process, for a program that passes on what that process asks for. */
    private Answer caller(Call call) {
        if (!host.isOnHost(call.caller().peer())) {
            throw new RefusedException(
                    ErrorCode.FORBIDDEN,
                    "Only a process on the host can ask who another one is",
                    Map.of("reason", "not_on_host"));
        }
        String number = call.variable("pid");
        if (!PID.matcher(number).matches()) {
            throw RefusedException.invalid("pid is not the number of a process");
        }
        long pid = Long.parseLong(number);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("pid", pid);
        NotHuman notHuman = humans.refusalByOrigin(pid).orElse(null);
        view.put("human", notHuman == null);
        view.put("human_reason", notHuman == null ? null : notHuman.wire());
        view.put("passphrase_set", humans.asksForPassphrase());
        view.put("explanation", notHuman == null ? "taken for a human" : notHuman.sentence());
        return Answer.ok(view);
    }

    /** Adds the caller's identity in a project, and returns its explanation. */
    private String describe(Map<String, @Nullable Object> view, Call call, GovernedProject project) {
        String agent = call.query("agent");
        Identity identity =
                callers.identity(call, project, agent == null || agent.isEmpty() ? "CLI" : agent, call.query("role"));
        GovernedSession session = identity.session();
        view.put("project", project.name());
        view.put("agent", identity.agent());
        view.put("role", identity.role());
        view.put("role_source", wire(identity.source()));
        view.put("session_id", session == null ? null : session.id());
        view.put(
                "session_pid",
                session == null || session.root() == null
                        ? null
                        : session.root().mark().pid());
        view.put("spec_id", session == null ? project.activeSpec().orElse(null) : session.specId());
        return identity.why();
    }

    private static String describeWithoutProject(Map<String, @Nullable Object> view) {
        for (String key : List.of("project", "agent", "role", "session_id", "session_pid", "spec_id")) {
            view.put(key, null);
        }
        view.put("role_source", wire(RoleSource.NONE));
        return "no role, because no project is selected";
    }

    private static String wire(RoleSource source) {
        return switch (source) {
            case BOUND_SESSION -> "session";
            case ENVIRONMENT -> "environment";
            case ACTIVE_ROLE_FILE -> "active_role_file";
            case DEFAULT_ROLE -> "default";
            case NONE -> "none";
        };
    }

    /**
     * The root process of a session.
     *
     * @param lineage the process and its ancestors, nearest first
     * @param isOfCaller whether it is the caller or an ancestor of it
     */
    private record Root(List<LiveProcess> lineage, boolean isOfCaller) {
        LiveProcess process() {
            return lineage.get(0);
        }
    }

    /**
     * The root process of the session, as stated by the caller: itself or an ancestor, numbered in the caller's PID namespace; for a human also the
     * marked process of an agent.
     */
    private Root root(Call call, Object pid) {
        Caller caller = call.caller();
        boolean isOnHost = host.isOnHost(caller.peer());
        int number = pid instanceof Integer given && given > 0 ? given : 0;
        Optional<LiveProcess> own = number == 0
                ? Optional.empty()
                : roots.find(
                        number,
                        caller.lineage(),
                        mark -> isOnHost ? mark.pid() : processes.innermostNumber(mark.pid()));
        if (own.isPresent()) {
            List<LiveProcess> lineage = caller.lineage();
            return new Root(lineage.subList(lineage.indexOf(own.get()), lineage.size()), true);
        }
        List<LiveProcess> marked = number != 0 && isOnHost ? roots.marked(number) : List.of();
        if (marked.isEmpty()) {
            throw RefusedException.invalid(
                    "pid is neither the calling process nor one above it that a session can belong to");
        }
        humans.require(call, "Only a human binds the process of an agent to a role");
        return new Root(marked, false);
    }

    /** What a human asks for is no claim of the agent, so that it is not on record as one. */
    private static void requireFree(Root root, StartSession start, GovernedProject project) {
        @Nullable String bound = project.roles()
                .resolve(new RoleClaim(start.agent(), null, root.lineage()))
                .boundRole();
        if (bound != null && !bound.equalsIgnoreCase(start.role())) {
            throw new RefusedException(
                    ErrorCode.CONFLICT,
                    "process " + root.process().mark().pid() + " is bound to role " + bound
                            + " for as long as it runs");
        }
    }

    private static Map<String, @Nullable Object> withId(Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(body);
        Object id = copy.get("session_id");
        if (id == null || "".equals(id) || UNKNOWN.equals(id)) {
            copy.put("session_id", "ses_" + UUID.randomUUID());
        }
        return copy;
    }

    private static Map<String, Object> view(GovernedSession session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("agent", session.agent());
        view.put("role", session.role());
        view.put("spec_id", session.specId());
        view.put("session_id", session.id());
        view.put("ts", session.ts());
        view.put("sandbox", session.sandbox());
        return view;
    }
}
