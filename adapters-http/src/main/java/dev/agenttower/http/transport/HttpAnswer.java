package dev.agenttower.http.transport;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The result of a request. */
public sealed interface HttpAnswer permits HttpReply, HttpAnswer.Later {
    /**
     * Delays the answer; the client waits without a thread.
     *
     * @param patience the maximum wait
     * @param hasCome checks whether the awaited event has occurred; ten times a second
     * @param work creates the answer in either case
     */
    record Later(Duration patience, BooleanSupplier hasCome, Supplier<HttpAnswer> work) implements HttpAnswer {}
}
