package dev.agenttower.core.governance;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of governance refuses what a caller asks for. Nothing was changed.
 *
 * <p>It has no stack trace, because it tells of a caller's input and not of a fault.
 */
public final class GovernanceException extends RuntimeException {
    private final Refusal refusal;
    private final transient Map<String, @Nullable Object> details;

    /**
     * A refusal without details.
     *
     * @param message the sentence that the caller sees
     */
    public GovernanceException(Refusal refusal, String message) {
        this(refusal, message, Map.of());
    }

    /**
     * A refusal with details.
     *
     * @param details names and values that the caller sees beside the sentence, in order
     */
    public GovernanceException(Refusal refusal, String message, Map<String, ? extends @Nullable Object> details) {
        super(requireNonNull(message, "message"), null, false, false);
        this.refusal = requireNonNull(refusal, "refusal");
        this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A request is malformed. */
    public static GovernanceException invalid(String message) {
        return new GovernanceException(Refusal.INVALID, message);
    }

    /** The kind of refusal. */
    public Refusal refusal() {
        return refusal;
    }

    /** What else the caller sees; mostly empty. */
    public Map<String, @Nullable Object> details() {
        return details;
    }

    /** The sentence that the caller sees. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
