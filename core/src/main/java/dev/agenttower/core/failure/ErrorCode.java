package dev.agenttower.core.failure;

import java.util.List;
import java.util.Locale;

/**
 * The error codes of all interfaces: the older socket methods, the control panel contract and governance.
 *
 * <p>On the tower's socket a code is its constant in lower case. The HTTP API answers with a status for each code of governance.
 */
public enum ErrorCode {
    /** The request is not one JSON value in UTF-8. */
    BAD_JSON(Namespace.LEGACY),
    /** The request is JSON, but not of the shape its method takes. */
    BAD_REQUEST(Namespace.LEGACY),
    /** No method has the requested name. */
    UNKNOWN_METHOD(Namespace.LEGACY, Namespace.APP),
    /** A legacy request line exceeds 65,536 bytes. */
    REQUEST_TOO_LARGE(Namespace.LEGACY),
    /** The daemon failed; the reason is in its log. */
    INTERNAL_ERROR(Namespace.LEGACY, Namespace.APP),
    /** {@code config.toml} cannot be read or a value in it breaks a rule. */
    CONFIG_INVALID(Namespace.LEGACY),
    /** No container engine answers. */
    DOCKER_UNAVAILABLE(Namespace.LEGACY, Namespace.APP),
    /** The container engine refuses this user. */
    DOCKER_PERMISSION_DENIED(Namespace.LEGACY),
    /** The container engine did not answer within its deadline. */
    DOCKER_TIMEOUT(Namespace.LEGACY),
    /** The container engine answered with an error. */
    DOCKER_FAILED(Namespace.LEGACY),
    /** The answer of the container engine cannot be parsed. */
    DOCKER_MALFORMED(Namespace.LEGACY),
    /** tmux is not installed in the bench. */
    TMUX_UNAVAILABLE(Namespace.LEGACY, Namespace.APP),
    /** No tmux server answers on the socket. */
    TMUX_NO_SERVER(Namespace.LEGACY),
    /** The bench user has no tmux socket directory. */
    SOCKET_DIR_MISSING(Namespace.LEGACY),
    /** The tmux socket directory cannot be read. */
    SOCKET_UNREADABLE(Namespace.LEGACY),
    /** A command in the bench failed. */
    DOCKER_EXEC_FAILED(Namespace.LEGACY),
    /** A command in the bench exceeded its deadline. */
    DOCKER_EXEC_TIMEOUT(Namespace.LEGACY),
    /** The output of a command in the bench cannot be parsed. */
    OUTPUT_MALFORMED(Namespace.LEGACY),
    /** No user is known to run commands as in the bench. */
    BENCH_USER_UNRESOLVED(Namespace.LEGACY),
    /** The caller is in no known bench. */
    HOST_CONTEXT_UNSUPPORTED(Namespace.LEGACY),
    /** The container of the caller matches no known bench, or several. */
    CONTAINER_UNRESOLVED(Namespace.LEGACY),
    /** The caller runs outside tmux. */
    NOT_IN_TMUX(Namespace.LEGACY),
    /** The pane identity of the caller cannot be read. */
    TMUX_PANE_MALFORMED(Namespace.LEGACY),
    /** The pane is not an active pane of an active bench. */
    PANE_UNKNOWN_TO_DAEMON(Namespace.LEGACY),
    /** No agent has the id, or no active agent where one is needed. */
    AGENT_NOT_FOUND(Namespace.LEGACY, Namespace.APP),
    /** The agent, or the bench it needs, is inactive. */
    AGENT_INACTIVE(Namespace.LEGACY),
    /** The parent of a swarm agent does not exist. */
    PARENT_NOT_FOUND(Namespace.LEGACY),
    /** The parent of a swarm agent is inactive. */
    PARENT_INACTIVE(Namespace.LEGACY),
    /** The parent of a swarm agent is not a slave. */
    PARENT_ROLE_INVALID(Namespace.LEGACY),
    /** A parent is given, or kept, for a role other than swarm. */
    PARENT_ROLE_MISMATCH(Namespace.LEGACY),
    /** A registered agent is given another parent. */
    PARENT_IMMUTABLE(Namespace.LEGACY),
    /** Role swarm is requested without a parent. */
    SWARM_PARENT_REQUIRED(Namespace.LEGACY),
    /** Role swarm is requested by a change of role. */
    SWARM_ROLE_VIA_SET_ROLE_REJECTED(Namespace.LEGACY),
    /** Role master is requested at registration. */
    MASTER_VIA_REGISTER_SELF_REJECTED(Namespace.LEGACY),
    /** A promotion to master lacks its confirmation. */
    MASTER_CONFIRM_REQUIRED(Namespace.LEGACY),
    /** A value is outside its closed set or shape. */
    VALUE_OUT_OF_SET(Namespace.LEGACY),
    /** A value is longer than its limit. */
    FIELD_TOO_LONG(Namespace.LEGACY),
    /** A project path is not an absolute path free of {@code ..} and NUL. */
    PROJECT_PATH_INVALID(Namespace.LEGACY),
    /** A listing has an unknown filter. */
    UNKNOWN_FILTER(Namespace.LEGACY),
    /** The daemon keeps a newer schema than the client was built for. */
    SCHEMA_VERSION_NEWER(Namespace.LEGACY),
    /** A log path breaks the rules for log paths. */
    LOG_PATH_INVALID(Namespace.LEGACY),
    /** A log path lies on no mount that the host can see. */
    LOG_PATH_NOT_HOST_VISIBLE(Namespace.LEGACY),
    /** A log path is attached to another agent. */
    LOG_PATH_IN_USE(Namespace.LEGACY),
    /** tmux refused to pipe the pane. */
    PIPE_PANE_FAILED(Namespace.LEGACY),
    /** The agent has no such log attachment. */
    ATTACHMENT_NOT_FOUND(Namespace.LEGACY),
    /** The attached log file does not exist. */
    LOG_FILE_MISSING(Namespace.LEGACY),
    /** No follow session has the id. */
    EVENTS_SESSION_UNKNOWN(Namespace.LEGACY),
    /** The follow session was idle for too long. */
    EVENTS_SESSION_EXPIRED(Namespace.LEGACY),
    /** An event cursor cannot be read. */
    EVENTS_INVALID_CURSOR(Namespace.LEGACY),
    /** An event filter is outside its closed set. */
    EVENTS_FILTER_INVALID(Namespace.LEGACY),
    /** The message is not in a state that can be approved. */
    APPROVAL_NOT_APPLICABLE(Namespace.LEGACY),
    /** A message has no body. */
    BODY_EMPTY(Namespace.LEGACY),
    /** A message body holds characters that may not reach a pane. */
    BODY_INVALID_CHARS(Namespace.LEGACY),
    /** A message body is not UTF-8. */
    BODY_INVALID_ENCODING(Namespace.LEGACY),
    /** A message body exceeds its limit. */
    BODY_TOO_LARGE(Namespace.LEGACY),
    /** The daemon is stopping and accepts no more requests. */
    DAEMON_SHUTTING_DOWN(Namespace.LEGACY),
    /** The daemon cannot accept the request now. */
    DAEMON_UNAVAILABLE(Namespace.LEGACY, Namespace.APP),
    /** The message is not in a state that can be delayed. */
    DELAY_NOT_APPLICABLE(Namespace.LEGACY),
    /** The message is being delivered at this moment. */
    DELIVERY_IN_PROGRESS(Namespace.LEGACY),
    /** The message was not delivered within the requested wait. */
    DELIVERY_WAIT_TIMEOUT(Namespace.LEGACY),
    /** Routing is switched off. */
    KILL_SWITCH_OFF(Namespace.LEGACY),
    /** No message has the id. */
    MESSAGE_ID_NOT_FOUND(Namespace.LEGACY),
    /** The pane of the operator is inactive. */
    OPERATOR_PANE_INACTIVE(Namespace.LEGACY),
    /** Routing is switched off. */
    ROUTING_DISABLED(Namespace.LEGACY, Namespace.APP),
    /** Routing is switched from inside a container. */
    ROUTING_TOGGLE_HOST_ONLY(Namespace.LEGACY),
    /** The sender runs in no registered pane. */
    SENDER_NOT_IN_PANE(Namespace.LEGACY),
    /** The role of the sender may not send. */
    SENDER_ROLE_NOT_PERMITTED(Namespace.LEGACY),
    /** A time filter cannot be read. */
    SINCE_INVALID_FORMAT(Namespace.LEGACY),
    /** The bench of the target is inactive. */
    TARGET_CONTAINER_INACTIVE(Namespace.LEGACY),
    /** Several active agents carry the label. */
    TARGET_LABEL_AMBIGUOUS(Namespace.LEGACY),
    /** The target agent is inactive. */
    TARGET_NOT_ACTIVE(Namespace.LEGACY),
    /** The pane of the target is gone. */
    TARGET_PANE_MISSING(Namespace.LEGACY),
    /** The role of the target may not receive. */
    TARGET_ROLE_NOT_PERMITTED(Namespace.LEGACY),
    /** The message is in a final state. */
    TERMINAL_STATE_CANNOT_CHANGE(Namespace.LEGACY),
    /** The origin of a message is outside its closed set. */
    QUEUE_ORIGIN_INVALID(Namespace.LEGACY),
    /** A route could not be stored. */
    ROUTE_CREATION_FAILED(Namespace.LEGACY),
    /** The event type of a route is outside its closed set. */
    ROUTE_EVENT_TYPE_INVALID(Namespace.LEGACY),
    /** No route has the id (older methods). */
    ROUTE_ID_NOT_FOUND(Namespace.LEGACY),
    /** The master rule of a route is invalid. */
    ROUTE_MASTER_RULE_INVALID(Namespace.LEGACY),
    /** The source scope of a route is invalid. */
    ROUTE_SOURCE_SCOPE_INVALID(Namespace.LEGACY),
    /** The target rule of a route is invalid. */
    ROUTE_TARGET_RULE_INVALID(Namespace.LEGACY),
    /** The template of a route is invalid. */
    ROUTE_TEMPLATE_INVALID(Namespace.LEGACY),
    /** A control panel method is called without a session token. */
    APP_SESSION_REQUIRED(Namespace.APP),
    /** The session token is not, or no longer, known. */
    APP_SESSION_EXPIRED(Namespace.APP),
    /** The client speaks another major version of the contract. */
    APP_CONTRACT_MAJOR_UNSUPPORTED(Namespace.APP),
    /** The request line breaks the framing rules. */
    MALFORMED_REQUEST(Namespace.APP),
    /** A parameter is missing or breaks its rule. */
    VALIDATION_FAILED(Namespace.APP),
    /** The container, attachment or event does not exist; of governance: the project, change, request or session. */
    NOT_FOUND(Namespace.APP, Namespace.GOVERNANCE),
    /** The object is in a state that the change does not apply to. */
    STALE_OBJECT(Namespace.APP),
    /** The pane belongs to another agent. */
    PANE_ALREADY_REGISTERED(Namespace.APP),
    /** No pane matches. */
    PANE_NOT_FOUND(Namespace.APP),
    /** No route has the id. */
    ROUTE_NOT_FOUND(Namespace.APP),
    /** No message has the id. */
    QUEUE_MESSAGE_NOT_FOUND(Namespace.APP),
    /** A scan did not end within the wait; it continues. */
    SCAN_TIMEOUT(Namespace.APP),
    /** No stored scan has the id. */
    SCAN_NOT_FOUND(Namespace.APP),
    /** Reported by client libraries: there is no socket. */
    SOCKET_MISSING(Namespace.APP),
    /** Reported by client libraries: the socket may not be opened. */
    SOCKET_PERMISSION_DENIED(Namespace.APP),
    /** The bench is inactive. */
    CONTAINER_INACTIVE(Namespace.APP),
    /** A log could not be attached. */
    LOG_ATTACH_BLOCKED(Namespace.APP),
    /** The permission gate refuses the sender. */
    PERMISSION_DENIED(Namespace.APP),
    /** A control panel method is called from inside a container, or the location of the caller cannot be determined. */
    HOST_ONLY(Namespace.APP),
    /** A control panel request line exceeds 65,536 bytes. */
    PAYLOAD_TOO_LARGE(Namespace.APP),
    /** A part of the request is missing, malformed or too long. */
    INVALID(Namespace.GOVERNANCE),
    /** The caller may not do this. */
    FORBIDDEN(Namespace.GOVERNANCE),
    /** An object is in a state, or a file has content, that the request does not apply to. */
    CONFLICT(Namespace.GOVERNANCE),
    /** Too many requests are pending; nothing is accepted until some of them are decided. */
    FULL(Namespace.GOVERNANCE),
    /** Other requests use the needed memory or lock; nothing was changed, and a retry may succeed. */
    BUSY(Namespace.GOVERNANCE),
    /** The request was valid, but its execution failed; nothing was changed. */
    FAILED(Namespace.GOVERNANCE);

    private enum Namespace {
        LEGACY,
        APP,
        GOVERNANCE
    }

    private final boolean isLegacy;
    private final boolean isApp;
    private final String wire = name().toLowerCase(Locale.ROOT);

    ErrorCode(Namespace... namespaces) {
        this.isLegacy = List.of(namespaces).contains(Namespace.LEGACY);
        this.isApp = List.of(namespaces).contains(Namespace.APP);
    }

    /** The name of this code on the tower's socket, such as {@code bad_request}. */
    public String wire() {
        return wire;
    }

    /** Whether the older socket methods may answer with this code. */
    public boolean isLegacy() {
        return isLegacy;
    }

    /** Whether {@code app.*} methods may answer with this code. */
    public boolean isApp() {
        return isApp;
    }
}
