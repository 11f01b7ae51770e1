package dev.agenttower.socket.server.method;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.server.wire.Failure;

/** Says a refusal of the core in the codes of one envelope. Thread-safe. */
@FunctionalInterface
public interface RefusalMapper {
    /** What the caller is told; a code outside the closed set of the envelope becomes an internal error. */
    Failure failure(RefusedException refusal, Subject subject);
}
