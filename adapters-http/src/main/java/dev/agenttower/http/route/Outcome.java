package dev.agenttower.http.route;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a route makes of a call. */
public sealed interface Outcome permits Answer, Outcome.Later {
    /**
     * Nothing is there to answer with yet; the caller waits without a thread.
     *
     * @param patience how long at most
     * @param hasCome looks whether something has come; ten times a second
     * @param work answers in either case
     */
    record Later(Duration patience, BooleanSupplier hasCome, Supplier<Answer> work) implements Outcome {}
}
