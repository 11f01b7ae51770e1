package dev.agenttower.http.transport;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.HeapBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.ConnectionClosedException;

/** Reads bodies; large ones share {@link HeapBudget#BODIES}. Thread-safe. */
final class LargeBodies {
    /** The maximum length of a body, in bytes. */
    static final int MOST = 4 << 20;

    private static final int CHUNK = 16 << 10;
    /** The heap for each byte of a body, as a tree and the objects made from it. */
    private static final int HEAP_FOR_EACH_BYTE = 5;

    /**
     * Reads a body to its end.
     *
     * @param expected the length stated by the client, at most {@link #MOST}; negative if not stated
     * @throws FaultException BODY_TOO_LARGE, if it is longer than permitted; BUSY, if it is large and the budget is not available in time
     */
    static Body read(InputStream in, long expected) throws IOException, FaultException {
        HeapBudget.Claim claim = claim(expected < 0 ? CHUNK : expected);
        boolean isComplete = false;
        try {
            byte[] bytes;
            if (expected >= 0) {
                bytes = in.readNBytes((int) expected);
                if (bytes.length < expected) {
                    throw new ConnectionClosedException("the body ends early");
                }
            } else {
                bytes = in.readNBytes(CHUNK);
                if (bytes.length == CHUNK) {
                    claim.close();
                    claim = claim(MOST);
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

    private static byte[] continued(byte[] begun, InputStream in) throws IOException, FaultException {
        byte[] rest = in.readNBytes(MOST - begun.length + 1);
        if (begun.length + rest.length > MOST) {
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
