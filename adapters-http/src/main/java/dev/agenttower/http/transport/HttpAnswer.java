package dev.agenttower.http.transport;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a service makes of a request. */
public sealed interface HttpAnswer permits HttpReply, HttpAnswer.Later {
    /**
     * Nothing is there to answer with yet; the client waits without a thread.
     *
     * @param patience how long at most
     * @param hasCome looks whether something has come; ten times a second
     * @param work makes the answer in either case
     */
    record Later(Duration patience, BooleanSupplier hasCome, Supplier<HttpAnswer> work) implements HttpAnswer {}
}
