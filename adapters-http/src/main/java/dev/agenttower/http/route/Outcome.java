package dev.agenttower.http.route;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The result of a call. */
public sealed interface Outcome permits Answer, Outcome.Later {
    /**
     * Delays the answer; the caller waits without a thread.
     *
     * @param patience the maximum wait
     * @param hasCome checks whether the awaited event has occurred; ten times a second
     * @param work creates the answer in either case
     */
    record Later(Duration patience, BooleanSupplier hasCome, Supplier<Answer> work) implements Outcome {}
}
