package dev.agenttower.unix.connection;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What was received on a connection and is not used yet. Belongs to one thread at a time. */
public final class Inbox {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int end;
    private boolean isEnded;

    Inbox() {}

    /** How many bytes are there. */
    public int length() {
        return end - start;
    }

    /** Whether the client sends no more. */
    public boolean isEnded() {
        return isEnded;
    }

    /** The byte at an index below {@link #length()}. */
    public byte at(int index) {
        return bytes[start + index];
    }

    /** Takes the first {@code count} bytes, which must be there. The array may be the buffer itself, which is then given up. */
    public byte[] take(int count) {
        byte[] taken = start == 0 && count == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, start + count);
        skip(count);
        return taken;
    }

    /** Takes at most {@code most} bytes into an array; tells how many. */
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
            // Exactly what is needed for a request that comes at once, as most do.
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

    /** How much memory it takes. */
    int room() {
        return bytes.length;
    }
}
