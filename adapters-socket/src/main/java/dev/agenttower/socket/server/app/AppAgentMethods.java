package dev.agenttower.socket.server.app;

import dev.agenttower.core.Tower;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.method.Subject;
import dev.agenttower.socket.server.transport.Pace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adoption of panes and changes of agents. Both answer with the agent as it is stored after the commit. */
public final class AppAgentMethods {
    private final Tower tower;
    private final AppAudit audit;

    /** The family, for one tower. */
    public AppAgentMethods(Tower tower, AppAudit audit) {
        this.tower = tower;
        this.audit = audit;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.agent.register_from_pane", Pace.WAITING, this::register),
                Method.app("app.agent.update", Pace.WAITING, this::update));
    }

    private Result register(Call call) {
        AppParams params = new AppParams(call.params());
        PaneKey pane = AdoptionParams.pane(params);
        String label = AgentFields.trimmedLabel(params);
        String parent = params.optionalText("parent_agent_id");
        call.about(new Subject(null, parent, pane));
        requireStored(pane);
        if (params.truthy("attach_log")) {
            requireActiveContainer(pane);
        }
        if (parent != null && !parent.isEmpty()) {
            requireActiveAgent(parent);
        }
        RegisterAgent wish = new RegisterAgent(
                pane,
                AgentFields.optional(params, "role", AgentRules::role),
                AgentFields.optional(params, "capability", AgentRules::capability),
                AgentFields.ruled("label", label, AgentRules::label),
                AgentFields.optional(params, "project_path", AgentRules::projectPath),
                parent == null || parent.isEmpty() ? ParentChoice.KEEP : ParentChoice.of(new AgentId(parent)));
        AgentListing adopted =
                tower.registration().register(wish, call.caller().peer().uid()).agent();
        audit.registered(call.session(), adopted.agent());
        return answer(adopted.agent().id(), false);
    }

    private void requireStored(PaneKey wanted) {
        List<PaneKey> candidates = tower.paneStore().withTmuxId(wanted.paneId());
        if (candidates.contains(wanted)) {
            return;
        }
        String mismatch = candidates.isEmpty() ? "pane_id" : mismatch(wanted, candidates.get(0));
        throw new RefusedException(
                ErrorCode.PANE_NOT_FOUND,
                "no stored pane matches: " + mismatch + " differs",
                Map.of("pane_id", wanted.paneId(), "mismatch_field", mismatch));
    }

    private static String mismatch(PaneKey wanted, PaneKey stored) {
        if (!wanted.container().equals(stored.container())) {
            return "container_id";
        }
        if (!wanted.socketPath().equals(stored.socketPath())) {
            return "tmux_socket";
        }
        if (!wanted.sessionName().equals(stored.sessionName())) {
            return "session_name";
        }
        return wanted.windowIndex() != stored.windowIndex() ? "window_index" : "pane_index";
    }

    private void requireActiveContainer(PaneKey pane) {
        if (tower.paneStore().activeBenches(pane.container()).isEmpty()) {
            throw new RefusedException(
                    ErrorCode.CONTAINER_INACTIVE,
                    "the container is inactive, so no log can be attached",
                    Map.of("container_id", pane.container().value()));
        }
    }

    private void requireActiveAgent(String id) {
        boolean active = tower.agentStore()
                .find(new AgentId(id))
                .map(listing -> listing.agent().active())
                .orElse(false);
        if (!active) {
            throw agentNotFound(id);
        }
    }

    private Result update(Call call) {
        AppParams params = new AppParams(call.params());
        AgentId id = new AgentId(params.requiredText("agent_id"));
        call.about(new Subject(id.value(), null, null));
        AgentChange change = AgentChange.read(params);
        if (!change.fields().isEmpty()) {
            tower.profile()
                    .change(
                            id,
                            change.role(),
                            change.capability(),
                            change.label(),
                            change.projectPath(),
                            call.caller().peer().uid());
            audit.updated(call.session(), id, change.fields());
        }
        return answer(id, null);
    }

    /** The agent as it is stored; {@code logAttached} is shown instead of what is stored unless it is null. */
    private Result answer(AgentId id, @Nullable Boolean logAttached) {
        AgentView view = tower.directory().agent(id).orElseThrow(() -> agentNotFound(id.value()));
        return AppDirectoryMethods.row(
                AgentView.LIST,
                new AgentView(
                        view.agentId(),
                        view.role(),
                        view.rolePriority(),
                        view.capability(),
                        view.label(),
                        view.projectPath(),
                        view.parentAgentId(),
                        view.containerId(),
                        view.paneId(),
                        view.registeredAt(),
                        logAttached == null ? view.logAttached() : logAttached,
                        true));
    }

    private static RefusedException agentNotFound(String id) {
        return new RefusedException(ErrorCode.AGENT_NOT_FOUND, "no active agent has this id", Map.of("agent_id", id));
    }
}
