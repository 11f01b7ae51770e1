package dev.agenttower.core.failure;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule refuses a request. Nothing was changed.
 *
 * <p>It carries the error for the caller: a code of the closed set, a sentence and, for some codes, details. It has no stack trace, because it
 * reports invalid input, not a fault.
 */
public final class RefusedException extends RuntimeException {
    private final ErrorCode code;
    private final transient Map<String, @Nullable Object> details;

    /**
     * A refusal without details.
     *
     * @param message a sentence for the user, free of secrets
     */
    public RefusedException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /**
     * A refusal with details.
     *
     * @param details names and values for the caller, in order
     */
    public RefusedException(ErrorCode code, String message, Map<String, ? extends @Nullable Object> details) {
        super(requireNonNull(message, "message"), null, false, false);
        this.code = requireNonNull(code, "code");
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A parameter of a control panel method breaks its rule. */
    public static RefusedException invalid(String field, String reason) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", field);
        details.put("reason", reason);
        return new RefusedException(ErrorCode.VALIDATION_FAILED, field + ": " + reason, details);
    }

    /** A request of governance is malformed. */
    public static RefusedException invalid(String message) {
        return new RefusedException(ErrorCode.INVALID, message);
    }

    /** The code that the caller sees. */
    public ErrorCode code() {
        return code;
    }

    /** Details for the caller; empty for most codes. */
    public Map<String, @Nullable Object> details() {
        return details;
    }

    /** The sentence that the caller sees. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
