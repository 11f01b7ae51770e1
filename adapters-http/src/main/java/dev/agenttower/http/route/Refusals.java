package dev.agenttower.http.route;

import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes answers of refusals. Thread-safe. */
@FunctionalInterface
public interface Refusals {
    /** The answer to a refusal of governance. */
    Answer answer(GovernanceException refusal);

    /** The sentence under {@code error}, and the details beside it. */
    static Refusals plain() {
        return refusal -> {
            Map<String, @Nullable Object> view = new LinkedHashMap<>(refusal.details());
            view.put("error", refusal.getMessage());
            return new Answer(status(refusal.refusal()), view);
        };
    }

    /** The status code of a kind of refusal. */
    static int status(Refusal refusal) {
        return switch (refusal) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FULL -> 429;
            case BUSY -> 503;
            case FAILED -> 500;
        };
    }
}
