package dev.agenttower.http.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What has come of a connection and was not used yet. It belongs to one thread at a time: the one that reads the sockets, until a whole head is
 * there, then the worker.
 */
final class Inbox {
    private static final byte[] NOTHING = {};
    private static final int FEW = 1 << 10;

    private final int headBytes;
    private byte[] bytes = NOTHING;
    private int start;
    private int end;
    private HeadScan scan;

    /**
     * Nothing has come yet.
     *
     * @param headBytes the longest head
     */
    Inbox(int headBytes) {
        this.headBytes = headBytes;
        this.scan = new HeadScan(headBytes);
    }

    /** How much there is. */
    int length() {
        return end - start;
    }

    /** How much memory it takes. */
    int room() {
        return bytes.length;
    }

    /** Adds what came. */
    void append(ByteBuffer more) {
        int wanted = length() + more.remaining();
        if (end + more.remaining() > bytes.length) {
            byte[] target = wanted <= bytes.length ? bytes : new byte[Math.max(FEW, Math.max(wanted, 2 * length()))];
            System.arraycopy(bytes, start, target, 0, length());
            end = length();
            start = 0;
            bytes = target;
        }
        int count = more.remaining();
        more.get(bytes, end, count);
        end += count;
    }

    /** Whether a whole head is there, or something that can become none. */
    boolean hasHead() {
        return scan.scan(bytes, start, end);
    }

    /**
     * The head.
     *
     * @throws FaultException if what came is none
     */
    RequestHead head() throws FaultException {
        HttpFault fault = scan.fault();
        if (fault != null) {
            throw new FaultException(fault);
        }
        return RequestHead.of(bytes, start, scan.length());
    }

    /**
     * The request that begins here, head and body, and nothing of what follows it unless it comes in chunks.
     *
     * @param rest where more comes from
     */
    InputStream request(RequestHead head, InputStream rest) {
        int headLength = scan.length();
        scan = new HeadScan(headBytes);
        return new Request(rest, headLength, head.bodyBytes());
    }

    /** Lets go of the memory that nothing is in. */
    void trim() {
        if (length() == 0) {
            bytes = NOTHING;
            start = 0;
            end = 0;
        } else if (start > 0) {
            bytes = Arrays.copyOfRange(bytes, start, end);
            end = bytes.length;
            start = 0;
        }
    }

    /** Gives the head in one piece, and then the body. */
    private final class Request extends InputStream {
        private final InputStream rest;
        private int headLeft;
        private long bodyLeft;

        Request(InputStream rest, int headLength, long bodyBytes) {
            this.rest = rest;
            this.headLeft = headLength;
            this.bodyLeft = bodyBytes == RequestHead.CHUNKED ? Long.MAX_VALUE : bodyBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (headLeft > 0) {
                int count = take(target, offset, Math.min(length, headLeft));
                headLeft -= count;
                return count;
            }
            int most = (int) Math.min(length, bodyLeft);
            if (most == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = length() > 0 ? take(target, offset, most) : rest.read(target, offset, most);
            bodyLeft -= Math.max(0, count);
            return count;
        }

        private int take(byte[] target, int offset, int most) {
            int count = Math.min(most, length());
            System.arraycopy(bytes, start, target, offset, count);
            start += count;
            return count;
        }
    }
}
