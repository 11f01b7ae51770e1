package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.framing.Frame;
import org.jspecify.annotations.Nullable;

/** The line has its LF. */
final class WholeLine implements Gate {
    @Override
    public @Nullable Refusal check(Exchange exchange) {
        if (exchange.frame().ending() != Frame.Ending.CUT) {
            return null;
        }
        return exchange.looksLikeApp()
                ? Refusal.malformed("missing newline terminator")
                : Refusal.legacy(ErrorCode.BAD_REQUEST, "request line missing newline terminator");
    }
}
