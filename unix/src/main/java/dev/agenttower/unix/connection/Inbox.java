package dev.agenttower.unix.connection;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The received, unused bytes of a connection. Owned by one thread at a time. */
public final class Inbox {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int end;
    private boolean isEnded;

    Inbox() {}

    /** The number of available bytes. */
    public int length() {
        return end - start;
    }

    /** Whether the client has ended its output. */
    public boolean isEnded() {
        return isEnded;
    }

    /** The byte at an index below {@link #length()}. */
    public byte at(int index) {
        return bytes[start + index];
    }

    /**
     * Removes and returns the first {@code count} bytes, which must be available. The array may be the buffer itself, which the inbox then
     * gives up.
     */
    public byte[] take(int count) {
        byte[] taken = start == 0 && count == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, start + count);
        skip(count);
        return taken;
    }

    /** Moves at most {@code most} bytes to an array; returns their number. */
    public int take(byte[] target, int offset, int most) {
        int count = Math.min(most, length());
        System.arraycopy(bytes, start, target, offset, count);
        skip(count);
        return count;
    }

    private void skip(int count) {
        start += count;
        if (start == end) {
            bytes = NOTHING;
            start = 0;
            end = 0;
        }
    }

    void append(ByteBuffer more) {
        int count = more.remaining();
        if (end + count > bytes.length) {
            int kept = length();
            // The exact size for a request that arrives in one piece, as most do.
            byte[] room = kept + count <= bytes.length / 2
                    ? bytes
                    : new byte[kept == 0 ? count : Math.max(kept + count, 2 * kept)];
            System.arraycopy(bytes, start, room, 0, kept);
            bytes = room;
            start = 0;
            end = kept;
        }
        more.get(bytes, end, count);
        end += count;
    }

    void end() {
        isEnded = true;
    }

    /** The memory that it takes, in bytes. */
    int room() {
        return bytes.length;
    }
}
