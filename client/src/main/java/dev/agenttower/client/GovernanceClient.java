package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.ChangeProposal;
import dev.agenttower.client.governance.change.DecidedChange;
import dev.agenttower.client.governance.change.PendingAuthorizations;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.Receipt;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.client.governance.change.SubmittedChange;
import dev.agenttower.client.governance.hook.HookAnswer;
import dev.agenttower.client.governance.hook.HookCall;
import dev.agenttower.client.governance.hook.HookVerdict;
import dev.agenttower.client.governance.hook.LastHookCalls;
import dev.agenttower.client.governance.human.CallerIdentity;
import dev.agenttower.client.governance.human.ProcessIdentity;
import dev.agenttower.client.governance.ledger.LedgerCheck;
import dev.agenttower.client.governance.ledger.LedgerNote;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSlice;
import dev.agenttower.client.governance.policy.Enforcement;
import dev.agenttower.client.governance.policy.PolicyConflict;
import dev.agenttower.client.governance.policy.PolicyState;
import dev.agenttower.client.governance.policy.ProposedAction;
import dev.agenttower.client.governance.policy.RoleChange;
import dev.agenttower.client.governance.policy.RoleRights;
import dev.agenttower.client.governance.policy.Ruling;
import dev.agenttower.client.governance.policy.SpecChange;
import dev.agenttower.client.governance.policy.SpecRights;
import dev.agenttower.client.governance.project.Project;
import dev.agenttower.client.governance.request.FiledRequest;
import dev.agenttower.client.governance.request.RequestDraft;
import dev.agenttower.client.governance.request.RoleRequest;
import dev.agenttower.client.governance.request.UpdatedRequest;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.AgentSession;
import dev.agenttower.client.governance.role.EndedSession;
import dev.agenttower.client.governance.role.SessionDraft;
import dev.agenttower.client.governance.role.StartedSession;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.InboxPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client of the daemon's governance API.
 *
 * <p>Every method but the views and {@link #close()} calls the daemon on its own connection, and throws {@link GovernanceRefusedException}
 * if the daemon refuses and {@link TransportException} if there is no usable answer in time. A call is limited to ten seconds in all, a
 * call that changes files to thirty, {@link #integrity()} and {@link #healLedger(String)} to two minutes.
 *
 * <p>Immutable and thread-safe. {@link #inProject} and {@link #withPassphrase} return views that share connections with their client:
 * closing one of them closes all. Later calls fail with {@link IllegalStateException}.
 */
public final class GovernanceClient implements AutoCloseable {
    private static final String SOCKET_NAME = "agenttowerd-http.sock";
    private static final String CHANGES = "/api/governance/sovereign-requests";
    private static final String REQUESTS = "/api/governance/requests";
    private static final String PROJECTS = "/api/projects";
    private static final String ROLES = "/api/governance/roles";
    private static final String SESSIONS = "/api/sessions";

    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration CHANGING = Duration.ofSeconds(30);
    private static final Duration READING_ALL = Duration.ofMinutes(2);
    private static final Duration AT_A_GLANCE = Duration.ofSeconds(1);

    private final GovernanceCalls calls;

    /** Creates a client of the HTTP socket; connects on the first call. */
    public GovernanceClient(Path socket) {
        this(new GovernanceCalls(requireNonNull(socket, "socket")));
    }

    private GovernanceClient(GovernanceCalls calls) {
        this.calls = calls;
    }

    /** The path of the HTTP socket, beside the daemon's other socket. */
    public static Path socketBeside(Path daemonSocket) {
        return daemonSocket.resolveSibling(SOCKET_NAME);
    }

    /** A view for a project; for null, the daemon selects the project of the caller's working directory, or the only one. */
    public GovernanceClient inProject(@Nullable String name) {
        return new GovernanceClient(calls.inProject(name));
    }

    /** A view that sends the operator's passphrase with calls that require a human. */
    public GovernanceClient withPassphrase(String operatorPassphrase) {
        return new GovernanceClient(calls.withPassphrase(requireNonNull(operatorPassphrase, "operatorPassphrase")));
    }

    /** The socket's path, as given. */
    public Path socket() {
        return calls.socket();
    }

    // --- changes of sovereign files

    /** Proposes a change. An identical proposal that is still pending is returned instead of being filed twice. */
    public SubmittedChange submitChange(ChangeProposal proposal) {
        JsonNode answer = calls.call(HttpRequest.post(CHANGES, GovernanceBodies.proposal(proposal)), CHANGING);
        return new SubmittedChange(
                Fields.text(answer, "scr_id"),
                answer.path("already_pending").asBoolean(),
                Fields.text(answer, "message"),
                answer);
    }

    /** The matching change requests, newest first. */
    public List<SovereignChange> changes(ChangeFilter filter) {
        return changes(filter, null);
    }

    /** Like {@link #changes}, without the proposed contents, which may be long. */
    public List<SovereignChange> changeSummaries(ChangeFilter filter) {
        return changes(filter, "none");
    }

    private List<SovereignChange> changes(ChangeFilter filter, @Nullable String payload) {
        JsonNode answer = calls.call(
                HttpRequest.get(CHANGES)
                        .query("status", filter.status())
                        .query("role", filter.role())
                        .query("agent", filter.agent())
                        .query("target_path", filter.targetPath())
                        .query("payload", payload),
                USUAL);
        return Fields.all(answer.path("requests"), GovernanceRows::change);
    }

    /** One change request, by its id. */
    public SovereignChange change(String id) {
        return GovernanceRows.change(calls.call(HttpRequest.get(changePath(id)), USUAL));
    }

    /** The effect of a change on its file in the file's current state. */
    public ChangePreview preview(String id) {
        return GovernanceRows.preview(calls.call(HttpRequest.get(changePath(id) + "/preview"), USUAL));
    }

    /** The effect of an edited proposal in place of the original one. */
    public ChangePreview preview(String id, Proposal edited) {
        ObjectNode body = GovernanceBodies.edited(JsonText.object(), edited);
        return GovernanceRows.preview(calls.call(HttpRequest.post(changePath(id) + "/preview", body), USUAL));
    }

    /** Authorizes and applies a pending change. For humans only. */
    public DecidedChange authorize(Authorization authorization) {
        return decided(authorization.id(), GovernanceBodies.authorization(authorization));
    }

    /** Rejects a pending change. For humans only. */
    public DecidedChange reject(String id, String reason) {
        return decided(id, JsonText.object().put("action", "reject").put("reason", reason));
    }

    /** Withdraws a pending change, in the role that proposed it. */
    public DecidedChange withdraw(String id, Actor by) {
        return decided(id, GovernanceBodies.actor(by).put("action", "withdraw"));
    }

    private DecidedChange decided(String id, ObjectNode body) {
        JsonNode answer = calls.call(HttpRequest.put(changePath(id), body), CHANGING);
        return new DecidedChange(id, Fields.text(answer, "new_status"), answer);
    }

    private static String changePath(String id) {
        return CHANGES + "/" + HttpRequest.segment(id);
    }

    /** The number of changes that wait for a human. Answers within a second or fails. */
    public PendingAuthorizations pending() {
        JsonNode answer = calls.call(HttpRequest.get("/api/governance/statusline"), AT_A_GLANCE);
        return new PendingAuthorizations(answer.path("pending").asInt(), Fields.text(answer, "text"), answer);
    }

    /**
     * What waits for a person in all projects and of all agents, or what has changed of it since a page.
     *
     * @param cursor of the last page; null for the first one
     * @param patience how long the daemon waits for changes, in whole seconds, at most {@link Inbox#LONGEST_WAIT}; then it answers without any
     */
    public InboxPage inbox(@Nullable String cursor, Duration patience) {
        return Fields.inbox(calls.call(
                HttpRequest.get("/api/governance/inbox")
                        .query("cursor", cursor)
                        .query("limit", Integer.toString(Inbox.MOST_ON_PAGE))
                        .query("wait", Long.toString(patience.toSeconds())),
                USUAL.plus(patience)));
    }

    // --- requests between roles

    /** Files a request. */
    public FiledRequest fileRequest(RequestDraft draft) {
        JsonNode answer = calls.call(HttpRequest.post(REQUESTS, GovernanceBodies.draft(draft)), CHANGING);
        return new FiledRequest(
                Fields.text(answer, "req_id"), Fields.text(answer, "status"), Fields.text(answer, "event_id"), answer);
    }

    /** Changes the status of a request, in the role that filed or receives it. The status is not case-sensitive. */
    public UpdatedRequest updateRequestStatus(String id, String status, Actor by) {
        ObjectNode body = GovernanceBodies.actor(by).put("status", status.toUpperCase(Locale.ROOT));
        JsonNode answer = calls.call(HttpRequest.put(requestPath(id) + "/status", body), CHANGING);
        return new UpdatedRequest(
                Fields.text(answer, "req_id"),
                Fields.text(answer, "new_status"),
                Fields.text(answer, "event_id"),
                answer);
    }

    /** The requests from or to a role, in the order of filing; null for any role, or any status. */
    public List<RoleRequest> requests(@Nullable String role, @Nullable String status) {
        JsonNode answer =
                calls.call(HttpRequest.get(REQUESTS).query("role", role).query("status", status), USUAL);
        return Fields.all(answer.path("requests"), GovernanceRows::request);
    }

    /** One request with its full description, by its id. */
    public RoleRequest request(String id) {
        return GovernanceRows.request(calls.call(HttpRequest.get(requestPath(id)), USUAL));
    }

    private static String requestPath(String id) {
        return REQUESTS + "/" + HttpRequest.segment(id);
    }

    // --- policy

    /** Requests a decision on an action and, unless it is a dry run, its execution. A denial is a result, not an exception. */
    public Ruling decide(ProposedAction action) {
        HttpAnswer answer =
                calls.send(HttpRequest.post("/api/dttp/request", GovernanceBodies.action(action)), CHANGING);
        if (answer.status() == 403) {
            JsonNode body = answer.json();
            if (body.path("status").asText("").equals("denied")) {
                return GovernanceRows.ruling(body);
            }
        }
        return GovernanceRows.ruling(GovernanceCalls.resultOf(answer));
    }

    /** The state of the policy. */
    public PolicyState policyState() {
        return GovernanceRows.state(calls.call(HttpRequest.get("/api/dttp/status"), USUAL));
    }

    /** The roles and their rights, by name. */
    public List<RoleRights> roles() {
        return Fields.named(calls.call(HttpRequest.get(ROLES), USUAL).path("roles"), GovernanceRows::rights);
    }

    /** The specs and their rights, by id. */
    public List<SpecRights> specs() {
        JsonNode answer = calls.call(HttpRequest.get("/api/dttp/policy"), USUAL);
        return Fields.named(answer.path("specs"), GovernanceRows::spec);
    }

    /** The enforced rules, and recent denials. */
    public Enforcement enforcement() {
        return GovernanceRows.enforcement(calls.call(HttpRequest.get("/api/governance/enforcement"), USUAL));
    }

    /** The inconsistencies in the policy. */
    public List<PolicyConflict> conflicts() {
        JsonNode answer = calls.call(HttpRequest.get("/api/governance/conflicts"), USUAL);
        return Fields.all(answer.path("conflicts"), GovernanceRows::conflict);
    }

    /** Changes the rights of a role. For humans only; a locked role is {@code FORBIDDEN} unless the change unlocks it. */
    public Receipt changeRole(String name, RoleChange change) {
        String path = ROLES + "/" + HttpRequest.segment(name);
        return receipt(HttpRequest.put(path, GovernanceBodies.roleChange(change)));
    }

    /** Changes the roles that a spec authorizes. For humans only. */
    public Receipt changeSpec(String id, SpecChange change) {
        String path = "/api/governance/specs/" + HttpRequest.segment(id) + "/roles";
        return receipt(HttpRequest.put(path, GovernanceBodies.specChange(change)));
    }

    // --- hooks of agents' clients

    /**
     * Tells the daemon of an event, and asks it about the tool call that the event announces, if it does.
     *
     * @param input the input of the hook; not changed
     * @param within the time for the answer
     * @throws TransportException if there is no answer of the daemon's in time; a tool call must not be made then
     * @throws IllegalArgumentException if role, spec or agent holds a control character
     */
    public HookAnswer hook(HookCall call, byte[] input, Duration within) {
        HttpAnswer answer = calls.send(hookRequest("/hooks/", call, "", input), within);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        return switch (answer.status()) {
            case 200 -> new HookAnswer(0, text);
            case 403 -> new HookAnswer(2, text);
            default ->
                throw new TransportException.UnreadableAnswer(
                        "it answered " + answer.status() + " ("
                                + text.lines().findFirst().orElse("") + ")",
                        null);
        };
    }

    /**
     * Asks the daemon what it would answer to {@link #hook}. Nothing is filed, recorded, counted or told.
     *
     * @throws IllegalArgumentException as there
     */
    public HookVerdict hookVerdict(HookCall call, byte[] input) {
        return GovernanceRows.hookVerdict(calls.call(hookRequest("/api/hooks/", call, "/verdict", input), USUAL));
    }

    /** The last calls of hooks that the daemon saw. Answers within a second or fails. */
    public LastHookCalls hookCalls() {
        return GovernanceRows.hookCalls(calls.call(HttpRequest.get("/api/hooks/calls"), AT_A_GLANCE));
    }

    private static HttpRequest hookRequest(String before, HookCall call, String after, byte[] input) {
        String path = before + HttpRequest.segment(call.client()) + "/" + HttpRequest.segment(call.event()) + after;
        @Nullable Long process = call.process();
        return HttpRequest.post(path, input)
                .header("X-Governed", call.isGoverned() ? "yes" : null)
                .header("X-Agent-Process", process == null ? null : process.toString())
                .header("X-Agent", call.agent())
                .header("X-Role", call.role())
                .header("X-Spec", call.specId());
    }

    // --- ledger

    /** A part of the ledger. */
    public LedgerSlice events(LedgerSearch search) {
        return GovernanceRows.slice(calls.call(search(search), USUAL));
    }

    /**
     * Waits for events after the cursor of a search: the daemon delays its answer until there are some. When many clients wait, it may
     * answer early with an empty slice.
     *
     * @param patience the longest wait in whole seconds, at most 30
     */
    public LedgerSlice awaitEvents(LedgerSearch search, Duration patience) {
        String seconds = Long.toString(patience.toSeconds());
        return GovernanceRows.slice(calls.call(search(search).query("wait", seconds), USUAL.plus(patience)));
    }

    private static HttpRequest search(LedgerSearch search) {
        return HttpRequest.get("/api/ads/events")
                .query("cursor", search.cursor())
                .query("direction", search.direction().name().toLowerCase(Locale.ROOT))
                .query("limit", Integer.toString(search.limit()))
                .query("agent", search.agent())
                .query("role", search.role())
                .query("action_type", search.actionType())
                .query("spec_ref", search.specRef());
    }

    /** Reads the whole ledger and verifies its chain. */
    public LedgerCheck integrity() {
        return GovernanceRows.check(
                calls.call(HttpRequest.get("/api/ads/integrity").query("detail", "1"), READING_ALL));
    }

    /** Appends an event to the ledger. */
    public Receipt log(LedgerNote note) {
        return receipt(HttpRequest.post("/api/ads/log", GovernanceBodies.note(note)));
    }

    /**
     * Starts a new chain after a broken one, which is kept unchanged. For humans only; {@code CONFLICT} if the chain is intact.
     *
     * @param reason the reason to record; not blank
     */
    public Receipt healLedger(String reason) {
        HttpRequest request =
                HttpRequest.post("/api/ads/heal", JsonText.object().put("reason", reason));
        return GovernanceRows.receipt(calls.call(request, READING_ALL));
    }

    // --- projects, identities and sessions

    /** The registered projects, by name. */
    public List<Project> projects() {
        JsonNode answer = calls.call(HttpRequest.get(PROJECTS + "/all"), USUAL);
        List<Project> projects = new ArrayList<>();
        answer.properties()
                .forEach(entry ->
                        projects.add(GovernanceRows.project(entry.getKey(), entry.getValue(), entry.getValue())));
        return projects;
    }

    /** One project, by its name. */
    public Project project(String name) {
        JsonNode answer = calls.call(HttpRequest.get(projectPath(name)), USUAL);
        return GovernanceRows.project(name, answer, answer);
    }

    /** Registers a folder unchanged; for a null name, the daemon chooses one. For humans only. */
    public Project addProject(Path folder, @Nullable String name) {
        return registered(HttpRequest.post(PROJECTS, folderBody(folder, name)));
    }

    /**
     * Creates the missing governance files in a folder, and registers it. For humans only.
     *
     * @param detect whether the roles' paths are adapted to the detected kind of project
     */
    public Project initProject(Path folder, @Nullable String name, boolean detect) {
        ObjectNode body = folderBody(folder, name).put("detect", detect);
        return registered(HttpRequest.post(PROJECTS + "/init", body));
    }

    /** Unregisters a project; its files stay. For humans only. */
    public void removeProject(String name) {
        calls.call(HttpRequest.delete(projectPath(name)), CHANGING);
    }

    private Project registered(HttpRequest request) {
        JsonNode answer = calls.call(request, CHANGING);
        JsonNode row = answer.path("project");
        return GovernanceRows.project(Fields.text(row, "name"), row, answer);
    }

    private static ObjectNode folderBody(Path folder, @Nullable String name) {
        ObjectNode body = JsonText.object().put("path", folder.toString());
        GovernanceBodies.putIfSet(body, "name", name);
        return body;
    }

    private static String projectPath(String name) {
        return PROJECTS + "/" + HttpRequest.segment(name);
    }

    /** The identity that the daemon assigns to this process; {@code claimedRole} and {@code sessionId} are the caller's claims, or null. */
    public CallerIdentity identity(@Nullable String claimedRole, @Nullable String sessionId) {
        return GovernanceRows.identity(calls.call(
                HttpRequest.get("/api/governance/identity")
                        .query("role", claimedRole)
                        .query("session_id", sessionId),
                USUAL));
    }

    /**
     * What the daemon would take another process of this host for, if that process called it: for a program that passes on what others ask
     * for. {@code FORBIDDEN} if this process does not run on the host.
     */
    public ProcessIdentity identityOf(long pid) {
        return GovernanceRows.process(calls.call(HttpRequest.get("/api/governance/callers/" + pid), USUAL));
    }

    /** The running sessions. */
    public List<AgentSession> sessions() {
        return Fields.all(calls.call(HttpRequest.get(SESSIONS), USUAL).path("sessions"), GovernanceRows::session);
    }

    /** Starts a session; replaces one with the same id. */
    public StartedSession startSession(SessionDraft draft) {
        JsonNode answer = calls.call(HttpRequest.post(SESSIONS + "/start", GovernanceBodies.session(draft)), CHANGING);
        String made = Fields.text(answer, "session_id");
        @Nullable String asked = draft.id();
        return new StartedSession(
                made.isEmpty() && asked != null ? asked : made, Fields.text(answer, "event_id"), answer);
    }

    /**
     * Ends a session. Unless forced, fails with {@code FORBIDDEN} while the project's work tree has uncommitted changes, which {@code
     * git_status} in the details lists, or while git could not determine them, with {@code git_unknown}.
     */
    public EndedSession endSession(String id, Actor by, String specId, boolean force) {
        ObjectNode body = GovernanceBodies.actor(by)
                .put("spec_id", specId)
                .put("session_id", id)
                .put("force", force);
        JsonNode answer = calls.call(HttpRequest.post(SESSIONS + "/end", body), CHANGING);
        return new EndedSession(Fields.text(answer, "event_id"), Fields.text(answer, "commit_hash"), answer);
    }

    private Receipt receipt(HttpRequest request) {
        return GovernanceRows.receipt(calls.call(request, CHANGING));
    }

    @Override
    public void close() {
        calls.close();
    }
}
