package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.wire.Envelope;
import org.jspecify.annotations.Nullable;

/** A method of the contract is called from the host. */
final class HostOnly implements Gate {
    static Refusal refusal() {
        return Refusal.app(ErrorCode.HOST_ONLY, "app.* methods are for callers on the host, outside of containers");
    }

    @Override
    public @Nullable Refusal check(Exchange exchange) {
        return exchange.method().envelope() == Envelope.APP
                        && !exchange.caller().isOnHost()
                ? refusal()
                : null;
    }
}
