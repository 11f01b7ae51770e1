package dev.agenttower.workspace.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads the lines of a file backward from an offset to its beginning. Not thread-safe. */
public final class BackwardLineReader extends Lines {
    private static final int CHUNK = 1 << 14;

    private final FileChannel channel;
    private int position;

    /** The lines before an offset in the file. */
    public BackwardLineReader(FileChannel channel, long before) {
        super(new byte[0], before);
        this.channel = channel;
    }

    /** Moves to the previous line, which may be empty; false at the beginning of the file. */
    @Override
    public boolean advance() throws IOException {
        if (position == 0 && !fill()) {
            return false;
        }
        terminated = buffer[position - 1] == '\n';
        int end = terminated ? position - 1 : position;
        int from = end;
        while (true) {
            while (from > 0 && buffer[from - 1] != '\n') {
                from--;
            }
            if (from > 0) {
                break;
            }
            int before = position;
            if (!fill()) {
                break;
            }
            from += position - before;
            end += position - before;
        }
        start = from;
        length = end - from;
        position = from;
        return true;
    }

    /** Prepends the preceding part of the file to the unread part of the buffer. */
    private boolean fill() throws IOException {
        if (bufferOffset == 0) {
            return false;
        }
        int kept = position;
        if (kept >= LONGEST) {
            throw new IOException("a line before " + (bufferOffset + kept) + " is longer than " + LONGEST + " bytes");
        }
        int wanted = (int) Math.min(bufferOffset, Math.max(CHUNK, kept));
        ByteBuffer larger = ByteBuffer.allocate(wanted + kept);
        larger.limit(wanted);
        long from = bufferOffset - wanted;
        while (larger.hasRemaining()) {
            if (channel.read(larger, from + larger.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
        larger.limit(wanted + kept);
        larger.put(buffer, 0, kept);
        buffer = larger.array();
        bufferOffset = from;
        position += wanted;
        return true;
    }
}
