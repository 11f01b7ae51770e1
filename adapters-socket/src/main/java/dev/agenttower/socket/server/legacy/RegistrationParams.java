package dev.agenttower.socket.server.legacy;

import static dev.agenttower.socket.server.legacy.LegacyParams.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.agent.AgentRules;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.RegisterAgent;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.text.Text;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a registration, read in the order of their checks. */
final class RegistrationParams {
    static final Set<String> KNOWN = Set.of(
            "container_id",
            "pane_composite_key",
            "role",
            "capability",
            "label",
            "project_path",
            "parent_agent_id",
            "attach_log");

    /** The parts of {@code pane_composite_key}. */
    static final List<String> KEY_PARTS = List.of(
            "container_id",
            "tmux_socket_path",
            "tmux_session_name",
            "tmux_window_index",
            "tmux_pane_index",
            "tmux_pane_id");

    private static final int MAX_KEY_TEXT = 4096;

    private final LegacyParams params;
    private final AgentLookup lookup;

    RegistrationParams(LegacyParams params, AgentLookup lookup) {
        this.params = params;
        this.lookup = lookup;
    }

    RegisterAgent command() {
        String container = params.text("container_id");
        if (container.isEmpty()) {
            throw outOfSet("params.container_id must not be empty");
        }
        PaneKey pane = pane();
        if (!pane.container().value().equals(container)) {
            throw outOfSet("params.pane_composite_key.container_id differs from params.container_id");
        }
        // Each value is checked before the next one is read.
        RegisterAgent command = new RegisterAgent(
                        pane, role(), capability(), label(), null, RegisterAgent.ParentChoice.KEEP)
                .withProjectPath(projectPath())
                .withParent(parent());
        return command;
    }

    private PaneKey pane() {
        if (!(params.get("pane_composite_key") instanceof ObjectNode key)) {
            throw badRequest("params.pane_composite_key must be an object");
        }
        for (String part : KEY_PARTS) {
            if (!key.has(part)) {
                throw badRequest("params.pane_composite_key lacks " + part);
            }
        }
        return new PaneKey(
                new ContainerId(keyText(key.path("container_id"))),
                keyText(key.path("tmux_socket_path")),
                keyText(key.path("tmux_session_name")),
                index("tmux_window_index", key.path("tmux_window_index")),
                index("tmux_pane_index", key.path("tmux_pane_index")),
                keyText(key.path("tmux_pane_id")));
    }

    private static String keyText(JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        return Text.singleLine(text, MAX_KEY_TEXT);
    }

    private static int index(String name, JsonNode value) {
        if (value.isNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        if (value.isTextual()) {
            try {
                return Integer.parseInt(value.textValue().strip());
            } catch (NumberFormatException e) {
                throw malformed(name);
            }
        }
        throw malformed(name);
    }

    private @Nullable Role role() {
        JsonNode value = params.get("role");
        return value == null ? null : AgentRules.role(AgentMethods.textInSet("role", value));
    }

    private @Nullable Capability capability() {
        JsonNode value = params.get("capability");
        return value == null ? null : AgentRules.capability(AgentMethods.textInSet("capability", value));
    }

    private @Nullable String label() {
        JsonNode value = params.get("label");
        return value == null ? null : AgentMethods.textInSet("label", value);
    }

    private @Nullable String projectPath() {
        JsonNode value = params.get("project_path");
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new RefusedException(ErrorCode.PROJECT_PATH_INVALID, "params.project_path must be a string");
        }
        return value.textValue();
    }

    private RegisterAgent.ParentChoice parent() {
        JsonNode value = params.get("parent_agent_id");
        if (value == null) {
            return RegisterAgent.ParentChoice.KEEP;
        }
        if (value.isNull()) {
            return RegisterAgent.ParentChoice.NONE;
        }
        return RegisterAgent.ParentChoice.of(lookup.id(AgentMethods.textInSet("parent_agent_id", value)));
    }

    /** Whether the log of the pane is to be attached as well. */
    boolean wantsLog() {
        JsonNode value = params.get("attach_log");
        if (value != null && !value.isNull() && !value.isObject()) {
            throw badRequest("params.attach_log must be an object");
        }
        return value != null && value.isObject();
    }

    /** The requested path of the log; null is the default. */
    @Nullable String logPath() {
        JsonNode log = params.get("attach_log");
        JsonNode path = log == null ? null : log.get("log_path");
        if (path != null && !path.isTextual()) {
            throw badRequest("params.attach_log.log_path must be a string");
        }
        return path == null ? null : path.textValue();
    }

    private static RefusedException malformed(String name) {
        return new RefusedException(
                ErrorCode.TMUX_PANE_MALFORMED, "params.pane_composite_key." + name + " must be an integer");
    }

    private static RefusedException outOfSet(String message) {
        return new RefusedException(ErrorCode.VALUE_OUT_OF_SET, message);
    }
}
