package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import java.util.Map;

/** A request that did not pass a gate: what is answered, in which form. */
public record Refusal(Envelope envelope, Failure failure) {
    /** An answer in the older form. */
    public static Refusal legacy(ErrorCode code, String message) {
        return new Refusal(Envelope.LEGACY, Failure.of(code, message));
    }

    /** An answer of the contract, without details. */
    static Refusal app(ErrorCode code, String message) {
        return new Refusal(Envelope.APP, Failure.of(code, message));
    }

    /** A line that breaks the framing rules, as the contract says it. */
    static Refusal malformed(String reason) {
        return new Refusal(
                Envelope.APP,
                new Failure(
                        ErrorCode.MALFORMED_REQUEST,
                        "malformed request line (" + reason + ")",
                        Map.of("reason", reason)));
    }
}
