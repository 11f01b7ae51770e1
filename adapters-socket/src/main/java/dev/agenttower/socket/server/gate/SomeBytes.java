package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.framing.Frame;
import org.jspecify.annotations.Nullable;

/** The client sent something before it ended the stream. */
final class SomeBytes implements Gate {
    @Override
    public @Nullable Refusal check(Exchange exchange) {
        Frame frame = exchange.frame();
        return frame.ending() == Frame.Ending.CUT && frame.bytes().length == 0
                ? Refusal.legacy(ErrorCode.BAD_JSON, "empty request")
                : null;
    }
}
