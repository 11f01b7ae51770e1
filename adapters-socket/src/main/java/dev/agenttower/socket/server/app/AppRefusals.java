package dev.agenttower.socket.server.app;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.server.wire.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps refusals to the codes of the contract. Codes of the contract carry exactly the details that it specifies; codes of the older methods
 * are translated; all others are internal errors.
 */
public final class AppRefusals implements Function<RefusedException, Failure> {
    /** The name of the gate in the contract. */
    private static final String PERMISSION_GATE = "feat009_permission_gate";

    private static final Logger LOG = LoggerFactory.getLogger(AppRefusals.class);

    /** A mapper. */
    public AppRefusals() {}

    @Override
    public Failure apply(RefusedException refusal) {
        return switch (refusal.code()) {
            case AGENT_NOT_FOUND, AGENT_INACTIVE, PARENT_NOT_FOUND, PARENT_INACTIVE ->
                translated(refusal, ErrorCode.AGENT_NOT_FOUND, "agent_id");
            case MASTER_VIA_REGISTER_SELF_REJECTED, SWARM_ROLE_VIA_SET_ROLE_REJECTED, MASTER_CONFIRM_REQUIRED ->
                invalid(refusal, "role");
            case SWARM_PARENT_REQUIRED, PARENT_ROLE_MISMATCH, PARENT_IMMUTABLE, PARENT_ROLE_INVALID ->
                invalid(refusal, "parent_agent_id");
            case VALUE_OUT_OF_SET, FIELD_TOO_LONG, PROJECT_PATH_INVALID, BAD_REQUEST -> invalidValue(refusal);
            case TARGET_LABEL_AMBIGUOUS -> translated(refusal, ErrorCode.AGENT_NOT_FOUND, "agent_id");
            case MESSAGE_ID_NOT_FOUND -> translated(refusal, ErrorCode.QUEUE_MESSAGE_NOT_FOUND, "message_id");
            case BODY_EMPTY, BODY_INVALID_CHARS, BODY_INVALID_ENCODING, BODY_TOO_LARGE -> invalid(refusal, "payload");
            case TERMINAL_STATE_CANNOT_CHANGE, APPROVAL_NOT_APPLICABLE, DELAY_NOT_APPLICABLE, DELIVERY_IN_PROGRESS ->
                new Failure(ErrorCode.STALE_OBJECT, message(refusal), Map.of());
            case SENDER_ROLE_NOT_PERMITTED ->
                new Failure(ErrorCode.PERMISSION_DENIED, message(refusal), Map.of("reason", PERMISSION_GATE));
            case ROUTE_ID_NOT_FOUND -> translated(refusal, ErrorCode.ROUTE_NOT_FOUND, "route_id");
            case ROUTE_EVENT_TYPE_INVALID,
                    ROUTE_MASTER_RULE_INVALID,
                    ROUTE_TARGET_RULE_INVALID,
                    ROUTE_SOURCE_SCOPE_INVALID,
                    ROUTE_TEMPLATE_INVALID -> invalid(refusal, "params");
            case PANE_UNKNOWN_TO_DAEMON -> paneNotFound(refusal);
            case TARGET_CONTAINER_INACTIVE -> translated(refusal, ErrorCode.CONTAINER_INACTIVE, "container_id");
            default -> ofContract(refusal);
        };
    }

    private static Failure ofContract(RefusedException refusal) {
        ErrorCode code = refusal.code();
        if (!code.isApp() || code == ErrorCode.INTERNAL_ERROR) {
            LOG.error("a method of the contract was refused with {}: {}", code, refusal.getMessage());
            return Failure.internal();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        for (String key : detailsOf(code)) {
            Object value = refusal.details().get(key);
            if (value == null) {
                LOG.error("{} lacks its detail {}: {}", code, key, refusal.getMessage());
                return Failure.internal();
            }
            details.put(key, value);
        }
        if (code == ErrorCode.PANE_NOT_FOUND && refusal.details().containsKey("mismatch_field")) {
            details.put(
                    "mismatch_field", Objects.requireNonNull(refusal.details().get("mismatch_field")));
        }
        return new Failure(code, message(refusal), details);
    }

    /** The keys that the details of a code always have; no others are sent, except where stated above. */
    private static List<String> detailsOf(ErrorCode code) {
        return switch (code) {
            case MALFORMED_REQUEST, PERMISSION_DENIED -> List.of("reason");
            case VALIDATION_FAILED -> List.of("field", "reason");
            case APP_CONTRACT_MAJOR_UNSUPPORTED -> List.of("daemon_app_contract_version", "client_app_contract_major");
            case PANE_ALREADY_REGISTERED -> List.of("agent_id");
            case PANE_NOT_FOUND -> List.of("pane_id");
            case ROUTE_NOT_FOUND -> List.of("route_id");
            case QUEUE_MESSAGE_NOT_FOUND -> List.of("message_id");
            case SCAN_TIMEOUT, SCAN_NOT_FOUND -> List.of("scan_id");
            case CONTAINER_INACTIVE -> List.of("container_id");
            case LOG_ATTACH_BLOCKED -> List.of("agent_id", "reason");
            case PAYLOAD_TOO_LARGE -> List.of("size_limit_bytes", "actual_size_bytes");
            default -> List.of();
        };
    }

    private static Failure translated(RefusedException refusal, ErrorCode code, String detail) {
        return new Failure(code, message(refusal), Map.of(detail, detail(refusal, detail)));
    }

    private static Object detail(RefusedException refusal, String name) {
        return Objects.requireNonNullElse(refusal.details().get(name), "");
    }

    private static Failure invalidValue(RefusedException refusal) {
        return invalid(refusal, refusal.details().get("field") instanceof String field ? field : "params");
    }

    private static Failure invalid(RefusedException refusal, String field) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", field);
        details.put("reason", refusal.code().wire());
        return new Failure(ErrorCode.VALIDATION_FAILED, message(refusal), details);
    }

    private static Failure paneNotFound(RefusedException refusal) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pane_id", detail(refusal, "pane_id"));
        // All parts match a stored but inactive pane, so the mismatch is the pane id.
        details.put("mismatch_field", "pane_id");
        return new Failure(ErrorCode.PANE_NOT_FOUND, message(refusal), details);
    }

    private static String message(RefusedException refusal) {
        String message = Text.singleLine(refusal.getMessage(), Text.MESSAGE_LIMIT);
        return message.isBlank() ? refusal.code().wire() : message;
    }
}
