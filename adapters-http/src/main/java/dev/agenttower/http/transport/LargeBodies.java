package dev.agenttower.http.transport;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.HeapBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads bodies, of which the large ones share {@link HeapBudget#BODIES}. Thread-safe. */
final class LargeBodies {
    private static final int CHUNK = 16 << 10;
    /** A byte of a body takes so many once it is a tree, and what is made of that. */
    private static final int HEAP_FOR_EACH_BYTE = 5;

    private final int most;

    LargeBodies(HttpLimits limits) {
        this.most = limits.bodyBytes();
    }

    /**
     * Reads a body to its end.
     *
     * @param expected how long the client says it is; negative where it does not say
     * @throws FaultException BODY_TOO_LARGE, if it is longer than is granted; BUSY, if it is large and others are there for too long
     */
    Body read(InputStream in, long expected) throws IOException, FaultException {
        if (expected > most) {
            throw new FaultException(HttpFault.BODY_TOO_LARGE);
        }
        HeapBudget.Claim claim = claim(expected < 0 ? CHUNK : expected);
        boolean isComplete = false;
        try {
            byte[] bytes;
            if (expected >= 0) {
                bytes = in.readNBytes((int) expected);
            } else {
                bytes = in.readNBytes(CHUNK);
                if (bytes.length == CHUNK) {
                    claim.close();
                    claim = claim(most);
                    bytes = continued(bytes, in);
                }
            }
            isComplete = true;
            return new Body(bytes, claim);
        } finally {
            if (!isComplete) {
                claim.close();
            }
        }
    }

    private byte[] continued(byte[] begun, InputStream in) throws IOException, FaultException {
        byte[] rest = in.readNBytes(most - begun.length + 1);
        if (begun.length + rest.length > most) {
            throw new FaultException(HttpFault.BODY_TOO_LARGE);
        }
        byte[] all = Arrays.copyOf(begun, begun.length + rest.length);
        System.arraycopy(rest, 0, all, begun.length, rest.length);
        return all;
    }

    private static HeapBudget.Claim claim(long bytes) throws FaultException {
        try {
            return HeapBudget.BODIES.claim(HEAP_FOR_EACH_BYTE * bytes);
        } catch (RefusedException busy) {
            throw new FaultException(HttpFault.BUSY);
        }
    }

    /**
     * A body in memory.
     *
     * @param claim to be closed once nobody needs it any more
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Body(byte[] bytes, HeapBudget.Claim claim) {}
}
