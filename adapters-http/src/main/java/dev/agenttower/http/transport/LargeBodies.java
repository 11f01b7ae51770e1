package dev.agenttower.http.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads bodies, and keeps the large ones from filling the memory by letting only a few be there at a time. Thread-safe. */
final class LargeBodies {
    private static final int CHUNK = 16 << 10;

    private final HttpLimits limits;
    private final Semaphore permits;

    LargeBodies(HttpLimits limits) {
        this.limits = limits;
        this.permits = new Semaphore(limits.largeBodies(), true);
    }

    /**
     * Reads a body to its end.
     *
     * @param expected how long the client says it is; negative where it does not say
     * @throws FaultException BODY_TOO_LARGE, if it is longer than is granted; BUSY, if it is large and others are there for too long
     */
    Body read(InputStream in, long expected) throws IOException, FaultException {
        int size = expected >= 0 && expected < CHUNK ? (int) expected + 1 : CHUNK;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        byte[] chunk = new byte[size];
        boolean isLarge = false;
        boolean isComplete = false;
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (bytes.size() + count > limits.bodyBytes()) {
                    throw new FaultException(HttpFault.BODY_TOO_LARGE);
                }
                if (!isLarge && bytes.size() + count > limits.largeBodyBytes()) {
                    acquire();
                    isLarge = true;
                }
                bytes.write(chunk, 0, count);
            }
            isComplete = true;
            return new Body(bytes.toByteArray(), isLarge ? permits::release : () -> {});
        } finally {
            if (isLarge && !isComplete) {
                permits.release();
            }
        }
    }

    private void acquire() throws FaultException {
        try {
            if (!permits.tryAcquire(limits.readDeadline().toNanos() / 2, TimeUnit.NANOSECONDS)) {
                throw new FaultException(HttpFault.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException(HttpFault.BUSY);
        }
    }

    /**
     * A body in memory.
     *
     * @param release to be run once nobody needs it any more
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Body(byte[] bytes, Runnable release) {}
}
