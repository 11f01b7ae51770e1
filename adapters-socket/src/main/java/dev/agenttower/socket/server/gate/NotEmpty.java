package dev.agenttower.socket.server.gate;

import org.jspecify.annotations.Nullable;

/** The line has more than its LF. */
final class NotEmpty implements Gate {
    @Override
    public @Nullable Refusal check(Exchange exchange) {
        return exchange.frame().bytes().length == 1 ? Refusal.malformed("empty line") : null;
    }
}
