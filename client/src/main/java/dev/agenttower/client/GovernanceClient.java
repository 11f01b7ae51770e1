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
import dev.agenttower.client.governance.human.CallerIdentity;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client of the daemon's governance API.
 *
 * <p>Every method but the views and {@link #close()} calls the daemon on a connection of its own, and throws {@link
 * GovernanceRefusedException} if the daemon refuses and {@link TransportException} if no usable answer comes in time. A call has ten seconds in
 * all; what changes files has thirty; {@link #integrity()} and {@link #healLedger(String)} have two minutes.
 *
 * <p>Immutable and thread-safe. {@link #inProject} and {@link #withPassphrase} give views that share connections with the client they come
 * from: closing one of them closes all. Calls after that fail with {@link IllegalStateException}.
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

    /** Creates a client of the HTTP socket. Nothing is opened before the first call. */
    public GovernanceClient(Path socket) {
        this(new GovernanceCalls(requireNonNull(socket, "socket")));
    }

    private GovernanceClient(GovernanceCalls calls) {
        this.calls = calls;
    }

    /** The HTTP socket that lies beside the daemon's other socket. */
    public static Path socketBeside(Path daemonSocket) {
        return daemonSocket.resolveSibling(SOCKET_NAME);
    }

    /** A view that speaks of a project by name; with null, the daemon takes the one that the caller works in, or the only one. */
    public GovernanceClient inProject(@Nullable String name) {
        return new GovernanceClient(calls.inProject(name));
    }

    /** A view that shows the operator's passphrase with what only a human may do. */
    public GovernanceClient withPassphrase(String operatorPassphrase) {
        return new GovernanceClient(calls.withPassphrase(requireNonNull(operatorPassphrase, "operatorPassphrase")));
    }

    /** The socket's path, as it was given. */
    public Path socket() {
        return calls.socket();
    }

    // --- changes of sovereign files

    /** Proposes a change. The same proposal again, while the first waits, is recognised and not filed twice. */
    public SubmittedChange submitChange(ChangeProposal proposal) {
        JsonNode answer = calls.call(HttpRequest.post(CHANGES, GovernanceBodies.proposal(proposal)), CHANGING);
        return new SubmittedChange(
                Fields.text(answer, "scr_id"),
                answer.path("already_pending").asBoolean(),
                Fields.text(answer, "message"),
                answer);
    }

    /** The change requests that fit, newest first. */
    public List<SovereignChange> changes(ChangeFilter filter) {
        return changes(filter, null);
    }

    /** As {@link #changes}, without what they propose, which may be long. */
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

    /** What a change would do to its file now. */
    public ChangePreview preview(String id) {
        return GovernanceRows.preview(calls.call(HttpRequest.get(changePath(id) + "/preview"), USUAL));
    }

    /** What a change would do if something else were done instead of what was proposed. */
    public ChangePreview preview(String id, Proposal edited) {
        ObjectNode body = GovernanceBodies.edited(JsonText.object(), edited);
        return GovernanceRows.preview(calls.call(HttpRequest.post(changePath(id) + "/preview", body), USUAL));
    }

    /** Authorizes a pending change, which applies it. For humans only. */
    public DecidedChange authorize(Authorization word) {
        return decided(word.id(), GovernanceBodies.authorization(word));
    }

    /** Rejects a pending change. For humans only. */
    public DecidedChange reject(String id, String reason) {
        return decided(id, JsonText.object().put("action", "reject").put("reason", reason));
    }

    /** Takes a pending change back, in the role that proposed it. */
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

    /** How many changes wait for a human. Answers within a second or fails. */
    public PendingAuthorizations pending() {
        JsonNode answer = calls.call(HttpRequest.get("/api/governance/statusline"), AT_A_GLANCE);
        return new PendingAuthorizations(answer.path("pending").asInt(), Fields.text(answer, "text"), answer);
    }

    // --- requests between roles

    /** Files a request. */
    public FiledRequest fileRequest(RequestDraft draft) {
        JsonNode answer = calls.call(HttpRequest.post(REQUESTS, GovernanceBodies.draft(draft)), CHANGING);
        return new FiledRequest(
                Fields.text(answer, "req_id"), Fields.text(answer, "status"), Fields.text(answer, "event_id"), answer);
    }

    /** Changes the status of a request, in the role that filed it or that it is for. The status is not case-sensitive. */
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

    /** One request with its whole description, by its id. */
    public RoleRequest request(String id) {
        return GovernanceRows.request(calls.call(HttpRequest.get(requestPath(id)), USUAL));
    }

    private static String requestPath(String id) {
        return REQUESTS + "/" + HttpRequest.segment(id);
    }

    // --- policy

    /** Asks the policy about an action and, unless it is a dry run, has it carried out. A denial is an answer, not a failure. */
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

    /** The roles and what they may do, by name. */
    public List<RoleRights> roles() {
        return Fields.named(calls.call(HttpRequest.get(ROLES), USUAL).path("roles"), GovernanceRows::rights);
    }

    /** The specs and what they authorize, by their ids. */
    public List<SpecRights> specs() {
        JsonNode answer = calls.call(HttpRequest.get("/api/dttp/policy"), USUAL);
        return Fields.named(answer.path("specs"), GovernanceRows::spec);
    }

    /** What is enforced, and whom it stopped of late. */
    public Enforcement enforcement() {
        return GovernanceRows.enforcement(calls.call(HttpRequest.get("/api/governance/enforcement"), USUAL));
    }

    /** What in the policy does not fit. */
    public List<PolicyConflict> conflicts() {
        JsonNode answer = calls.call(HttpRequest.get("/api/governance/conflicts"), USUAL);
        return Fields.all(answer.path("conflicts"), GovernanceRows::conflict);
    }

    /** Changes what a role may do. For humans only; a locked role is {@code FORBIDDEN} unless it is unlocked with it. */
    public Receipt changeRole(String name, RoleChange change) {
        String path = ROLES + "/" + HttpRequest.segment(name);
        return receipt(HttpRequest.put(path, GovernanceBodies.roleChange(change)));
    }

    /** Changes whom a spec authorizes. For humans only. */
    public Receipt changeSpec(String id, SpecChange change) {
        String path = "/api/governance/specs/" + HttpRequest.segment(id) + "/roles";
        return receipt(HttpRequest.put(path, GovernanceBodies.specChange(change)));
    }

    // --- ledger

    /** A part of the ledger. */
    public LedgerSlice events(LedgerSearch search) {
        return GovernanceRows.slice(calls.call(search(search), USUAL));
    }

    /**
     * What comes after the cursor of a search, as soon as there is something: the daemon keeps the answer back for as long. It may answer
     * with nothing, and earlier, when many wait.
     *
     * @param patience whole seconds, at most 30
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

    /** Reads the whole ledger and says whether its chain holds. */
    public LedgerCheck integrity() {
        return GovernanceRows.check(
                calls.call(HttpRequest.get("/api/ads/integrity").query("detail", "1"), READING_ALL));
    }

    /** Puts an event on the ledger. */
    public Receipt log(LedgerNote note) {
        return receipt(HttpRequest.post("/api/ads/log", GovernanceBodies.note(note)));
    }

    /**
     * Begins a new chain after a broken one, which is kept as it is. For humans only; {@code CONFLICT} when nothing is wrong.
     *
     * @param reason why, for the ledger; not blank
     */
    public Receipt healLedger(String reason) {
        HttpRequest request =
                HttpRequest.post("/api/ads/heal", JsonText.object().put("reason", reason));
        return GovernanceRows.receipt(calls.call(request, READING_ALL));
    }

    // --- projects, and who is who in them

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

    /** Registers a folder as it is; null lets the daemon name it. For humans only. */
    public Project addProject(Path folder, @Nullable String name) {
        return registered(HttpRequest.post(PROJECTS, folderBody(folder, name)));
    }

    /**
     * Makes the governance files that a folder lacks, and registers it. For humans only.
     *
     * @param detect whether the roles' paths are fitted to the kind of project that is found
     */
    public Project initProject(Path folder, @Nullable String name, boolean detect) {
        ObjectNode body = folderBody(folder, name).put("detect", detect);
        return registered(HttpRequest.post(PROJECTS + "/init", body));
    }

    /** Forgets a project; its files stay. For humans only. */
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

    /** Who the daemon takes this process for; {@code claimedRole} and {@code sessionId} are what it claims, or null. */
    public CallerIdentity identity(@Nullable String claimedRole, @Nullable String sessionId) {
        return GovernanceRows.identity(calls.call(
                HttpRequest.get("/api/governance/identity")
                        .query("role", claimedRole)
                        .query("session_id", sessionId),
                USUAL));
    }

    /** The sessions that have begun and not ended. */
    public List<AgentSession> sessions() {
        return Fields.all(calls.call(HttpRequest.get(SESSIONS), USUAL).path("sessions"), GovernanceRows::session);
    }

    /** Starts a session, in the place of one with the same id. */
    public StartedSession startSession(SessionDraft draft) {
        JsonNode answer = calls.call(HttpRequest.post(SESSIONS + "/start", GovernanceBodies.session(draft)), CHANGING);
        String made = Fields.text(answer, "session_id");
        @Nullable String asked = draft.id();
        return new StartedSession(
                made.isEmpty() && asked != null ? asked : made, Fields.text(answer, "event_id"), answer);
    }

    /**
     * Ends a session. Unless it is forced, {@code FORBIDDEN} while the project's work tree has changes that are not committed; {@code
     * git_status} in the details names them; likewise with {@code git_unknown} when git could not be asked to the end.
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
