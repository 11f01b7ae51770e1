package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import java.util.Map;

/** A request that fails a gate, with the form and content of the answer. Has no stack trace. */
public final class Refusal extends Exception {
    private final transient Envelope envelope;
    private final transient Failure failure;
    private final boolean keepsAlive;

    private Refusal(Envelope envelope, Failure failure, boolean keepsAlive) {
        super(failure.message(), null, false, false);
        this.envelope = envelope;
        this.failure = failure;
        this.keepsAlive = keepsAlive;
    }

    /** An answer in the older form. */
    static Refusal legacy(ErrorCode code, String message) {
        return new Refusal(Envelope.LEGACY, Failure.of(code, message), false);
    }

    /** An answer of the contract. */
    static Refusal app(ErrorCode code, String message, Map<String, Object> details) {
        return new Refusal(Envelope.APP, new Failure(code, message, details), false);
    }

    /** A contract answer for a line that breaks the framing rules. */
    static Refusal malformed(String reason) {
        return app(ErrorCode.MALFORMED_REQUEST, "malformed request line (" + reason + ")", Map.of("reason", reason));
    }

    /** The same answer, which keeps the connection open if {@code wanted}. */
    Refusal keepingAlive(boolean wanted) {
        return new Refusal(envelope, failure, wanted);
    }

    /** The form of the answer. */
    public Envelope envelope() {
        return envelope;
    }

    /** The content of the answer. */
    public Failure failure() {
        return failure;
    }

    /** Whether the connection is kept for the next line. */
    public boolean keepsAlive() {
        return keepsAlive;
    }
}
