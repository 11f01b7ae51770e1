package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The container engine's part of a scan.
 *
 * @param matched containers with a name that matches the rule
 * @param ignored containers without such a name
 * @param found the matching containers that could be inspected
 * @param unreadable the matching containers that could not be inspected
 * @param problems their failures, in the order of the listing
 * @param failure why the whole scan has failed; null if it has not, and all lists are empty if it has
 */
record EngineReport(
        int matched,
        int ignored,
        List<InspectedContainer> found,
        Set<ContainerId> unreadable,
        List<ScanProblem> problems,
        @Nullable Failure failure) {
    /** The failure of a whole scan; its message is bounded. */
    record Failure(ErrorCode code, String message) {
        Failure {
            message = Text.bound(message, Text.MESSAGE_LIMIT);
        }
    }

    static EngineReport failed(ErrorCode code, String message, int matched, int ignored) {
        return new EngineReport(matched, ignored, List.of(), Set.of(), List.of(), new Failure(code, message));
    }

    /** The code of the failure, else of the first problem, else null. */
    @Nullable ErrorCode errorCode() {
        if (failure != null) {
            return failure.code();
        }
        return problems.isEmpty() ? null : problems.get(0).code();
    }

    /** The message for {@link #errorCode()}, or null. */
    @Nullable String errorMessage() {
        if (failure != null) {
            return failure.message();
        }
        return problems.isEmpty() ? null : problems.size() + " of " + matched + " candidates failed inspect";
    }

    void refuseIfFailed() {
        if (failure != null) {
            throw new RefusedException(failure.code(), failure.message());
        }
    }
}
