package dev.agenttower.socket.server.gate;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import java.util.Map;

/** A request does not pass a gate: what is answered, in which form. Has no stack trace. */
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

    /** A line that breaks the framing rules, as the contract says it. */
    static Refusal malformed(String reason) {
        return app(ErrorCode.MALFORMED_REQUEST, "malformed request line (" + reason + ")", Map.of("reason", reason));
    }

    /** The same answer, after which the connection is kept if the client asked for it. */
    Refusal keepingAlive(boolean wanted) {
        return new Refusal(envelope, failure, wanted);
    }

    /** The form of the answer. */
    public Envelope envelope() {
        return envelope;
    }

    /** What the client is told. */
    public Failure failure() {
        return failure;
    }

    /** Whether the connection is kept for the next line. */
    public boolean keepsAlive() {
        return keepsAlive;
    }
}
