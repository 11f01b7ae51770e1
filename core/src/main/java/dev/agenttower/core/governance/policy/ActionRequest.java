package dev.agenttower.core.governance.policy;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.json.JsonFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action that an agent requests.
 *
 * @param agent the requesting agent
 * @param role its role; empty where the caller names none
 * @param specId the spec that should authorize it
 * @param action the action, as named by the caller
 * @param params the parameters of the action
 * @param rationale the reason for it
 * @param dryRun whether to decide only, without execution
 * @param sessionId the session it belongs to
 */
public record ActionRequest(
        String agent,
        String role,
        String specId,
        String action,
        Map<String, @Nullable Object> params,
        String rationale,
        boolean dryRun,
        @Nullable String sessionId) {
    private static final List<String> REQUIRED = List.of("agent", "role", "spec_id", "action", "params", "rationale");
    private static final int MAX_RATIONALE = 2000;

    /** Copies the parameters. */
    public ActionRequest {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * Reads the body of a request.
     *
     * @throws RefusedException INVALID, with {@code code} in its details, if a field is missing, of the wrong type or too long; FORBIDDEN, if
     *     the agent's name is reserved
     */
    public static ActionRequest of(Map<String, ? extends @Nullable Object> body) {
        for (String key : REQUIRED) {
            if (!body.containsKey(key)) {
                throw invalid("MISSING_FIELD", "Missing required field: " + key);
            }
        }
        if (!(body.get("params") instanceof Map<?, ?> params)) {
            throw invalid("INVALID_TYPE", "params must be an object");
        }
        if (!(body.get("rationale") instanceof String rationale) || rationale.isBlank()) {
            throw invalid("INVALID_TYPE", "rationale must be a non-empty string");
        }
        return new ActionRequest(
                ReservedEvents.checked(name(body, "agent")),
                body.get("role") == null ? "" : name(body, "role"),
                name(body, "spec_id"),
                name(body, "action"),
                texts(params),
                bounded("rationale", rationale, MAX_RATIONALE),
                isTrue(body.get("dry_run")),
                body.get("session_id") == null ? null : name(body, "session_id"));
    }

    /** The canonical name of the action: {@code write} and {@code create} are {@code edit}, {@code replace} is {@code patch}. */
    public String normalAction() {
        return switch (action) {
            case "write", "create" -> "edit";
            case "replace" -> "patch";
            default -> action;
        };
    }

    /** The target path, or null. */
    public @Nullable String target() {
        return params.get("file") != null ? text("file") : text("path");
    }

    /** A parameter that is a text, or null. */
    public @Nullable String text(String param) {
        return JsonFields.textOrNull(params, param);
    }

    /** A copy with the agent and role that are known from the caller's session. */
    public ActionRequest as(String knownAgent, String knownRole) {
        return new ActionRequest(knownAgent, knownRole, specId, action, params, rationale, dryRun, sessionId);
    }

    private static Map<String, @Nullable Object> texts(Map<?, ?> params) {
        Map<String, @Nullable Object> copy = JsonFields.copy(params);
        for (String key : List.of("file", "path", "intent_id", "branch", "remote", "tag", "target")) {
            if (copy.get(key) != null) {
                if (!(copy.get(key) instanceof String text)) {
                    throw invalid("INVALID_TYPE", "params." + key + " must be a string");
                }
                bounded("params." + key, text, key.equals("file") || key.equals("path") ? Limits.PATH : Limits.NAME);
            }
        }
        for (String key : List.of("content", "old_string", "new_string")) {
            if (copy.get(key) != null) {
                if (!(copy.get(key) instanceof String text)) {
                    throw invalid("INVALID_TYPE", "params." + key + " must be a string");
                }
                if (text.length() > Limits.CONTENT) {
                    throw invalid("TOO_LARGE", "params." + key + " exceeds " + Limits.CONTENT + " characters");
                }
            }
        }
        return copy;
    }

    private static String name(Map<String, ? extends @Nullable Object> body, String key) {
        if (!(body.get(key) instanceof String text)) {
            throw invalid("INVALID_TYPE", key + " must be a string");
        }
        try {
            return Limits.name(key, text);
        } catch (RefusedException e) {
            throw invalid("INVALID_TYPE", e.getMessage());
        }
    }

    private static String bounded(String key, String text, int max) {
        try {
            return Limits.check(key, text, max);
        } catch (RefusedException e) {
            throw invalid("INVALID_TYPE", e.getMessage());
        }
    }

    private static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof String text
                ? !text.isEmpty()
                : value instanceof Map<?, ?> map ? !map.isEmpty() : value instanceof List<?> list && !list.isEmpty();
    }

    private static RefusedException invalid(String code, String message) {
        return new RefusedException(ErrorCode.INVALID, message, Map.of("code", code));
    }
}
