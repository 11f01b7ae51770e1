package dev.agenttower.http.route;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts refusals to answers. Thread-safe. */
@FunctionalInterface
public interface Refusals {
    /** The answer to a refusal of governance. */
    Answer answer(RefusedException refusal);

    /** Answers with the sentence under {@code error}, and the details beside it. */
    static Refusals plain() {
        return refusal -> {
            Map<String, @Nullable Object> view = new LinkedHashMap<>(refusal.details());
            view.put("error", refusal.getMessage());
            return new Answer(status(refusal.code()), view);
        };
    }

    /** The HTTP status of a code of governance; 500 for {@code FAILED} and for codes of other protocols. */
    static int status(ErrorCode code) {
        return switch (code) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FULL -> 429;
            case BUSY -> 503;
            default -> 500;
        };
    }
}
