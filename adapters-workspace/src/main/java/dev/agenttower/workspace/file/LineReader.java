package dev.agenttower.workspace.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads the lines of a part of a file from its beginning to its end. Not thread-safe. */
public final class LineReader extends Lines {
    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private final long to;
    private int filled;

    /** The lines between two offsets in the file; {@code from} is the beginning of a line. */
    public LineReader(FileChannel channel, long from, long to) {
        super(new byte[CHUNK], from);
        this.channel = channel;
        this.to = to;
    }

    /** Moves to the next line, which may be empty; false at the end. */
    @Override
    public boolean advance() throws IOException {
        start = next();
        int searched = start;
        while (true) {
            int end = indexOfLineEnd(searched);
            if (end >= 0) {
                length = end - start;
                terminated = true;
                return true;
            }
            searched = filled - start;
            if (!fill()) {
                length = filled - start;
                terminated = false;
                return length > 0;
            }
            searched += start;
        }
    }

    private int indexOfLineEnd(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Drops the bytes before the line, makes room and reads on; {@code start} becomes 0. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        bufferOffset += start;
        filled -= start;
        start = 0;
        if (filled == buffer.length) {
            if (filled >= LONGEST) {
                throw new IOException("the line at " + bufferOffset + " is longer than " + LONGEST + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        long left = to - (bufferOffset + filled);
        int room = (int) Math.min(left, buffer.length - filled);
        if (room <= 0) {
            return false;
        }
        int read = channel.read(ByteBuffer.wrap(buffer, filled, room), bufferOffset + filled);
        filled += Math.max(read, 0);
        return read > 0;
    }
}
