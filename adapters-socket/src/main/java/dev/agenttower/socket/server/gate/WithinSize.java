package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.framing.Frame;
import dev.agenttower.socket.server.framing.LineSession;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The line is not too long. */
final class WithinSize implements Gate {
    private static final String MESSAGE = "request line exceeds " + LineSession.LINE_BYTES + " bytes";

    @Override
    public @Nullable Refusal check(Exchange exchange) {
        if (exchange.frame().ending() != Frame.Ending.TOO_LONG) {
            return null;
        }
        if (!exchange.looksLikeApp()) {
            return Refusal.legacy(ErrorCode.REQUEST_TOO_LARGE, MESSAGE);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("size_limit_bytes", LineSession.LINE_BYTES);
        details.put("actual_size_bytes", exchange.frame().bytes().length);
        return new Refusal(Envelope.APP, new Failure(ErrorCode.PAYLOAD_TOO_LARGE, MESSAGE, details));
    }
}
