package dev.agenttower.socket.server.gate;

import org.jspecify.annotations.Nullable;

/** One check of a request. Thread-safe. */
@FunctionalInterface
interface Gate {
    /** Checks the request and notes on it what later gates need; null lets it pass. */
    @Nullable Refusal check(Exchange exchange);
}
