package dev.agenttower.workspace.file;

import java.io.IOException;

/** An iteration over the lines of a file. Its accessors are valid until the next {@link #advance}. Not thread-safe. */
public abstract sealed class Lines permits LineReader, BackwardLineReader {
    /** Far above any line that this program writes; a longer one would only fill the memory. */
    static final int LONGEST = 1 << 24;

    byte[] buffer;
    /** The offset of the buffer in the file. */
    long bufferOffset;
    /** The offset of the line in the buffer. */
    int start;

    int length;
    boolean terminated;

    Lines(byte[] buffer, long bufferOffset) {
        this.buffer = buffer;
        this.bufferOffset = bufferOffset;
    }

    /** Moves to the next line in reading order, which may be empty; false when there is none. */
    public abstract boolean advance() throws IOException;

    /** An array that holds the line, beginning at {@link #start()}. */
    public final byte[] bytes() {
        return buffer;
    }

    /** The offset of the line in {@link #bytes()}. */
    public final int start() {
        return start;
    }

    /** The length of the line without its line end. */
    public final int length() {
        return length;
    }

    /** The offset of the line in the file. */
    public final long offset() {
        return bufferOffset + start;
    }

    /** The offset after the line in the file, its line end included. */
    public final long end() {
        return bufferOffset + next();
    }

    /** Whether the line has a line end. */
    public final boolean isTerminated() {
        return terminated;
    }

    /** Whether the line has only blanks. */
    public final boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The offset after the line in the buffer, its line end included. */
    final int next() {
        return start + length + (terminated ? 1 : 0);
    }
}
