package dev.agenttower.core.container;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.ErrorCode;

/**
 * The container engine as a whole cannot be used: {@link ErrorCode#DOCKER_UNAVAILABLE}, {@link ErrorCode#DOCKER_PERMISSION_DENIED},
 * {@link ErrorCode#DOCKER_TIMEOUT}, {@link ErrorCode#DOCKER_FAILED} or {@link ErrorCode#DOCKER_MALFORMED}.
 */
public final class ContainerEngineException extends RuntimeException {
    private final ErrorCode code;

    /** Creates the failure; {@code message} is one line for a person, at most 2,048 code points. */
    public ContainerEngineException(ErrorCode code, String message) {
        super(requireNonNull(message, "message"));
        this.code = requireNonNull(code, "code");
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
