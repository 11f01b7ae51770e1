package dev.agenttower.workspace.file;

import java.io.IOException;

/** A walk over the lines of a file. What it tells holds until it advances. Not thread-safe. */
public abstract sealed class Lines permits LineReader, BackwardLineReader {
    /** No writer of ours comes near it; what is longer would only fill the memory. */
    static final int LONGEST = 1 << 24;

    byte[] buffer;
    /** Where the buffer starts in the file. */
    long bufferOffset;
    /** Where the line starts in the buffer. */
    int start;

    int length;
    boolean terminated;

    Lines(byte[] buffer, long bufferOffset) {
        this.buffer = buffer;
        this.bufferOffset = bufferOffset;
    }

    /** Goes to the next line of the walk, which may be empty; false when there is none. */
    public abstract boolean advance() throws IOException;

    /** An array that holds the line from {@link #start()} on. */
    public final byte[] bytes() {
        return buffer;
    }

    /** Where the line starts in {@link #bytes()}. */
    public final int start() {
        return start;
    }

    /** The length of the line without its line end. */
    public final int length() {
        return length;
    }

    /** Where the line starts in the file. */
    public final long offset() {
        return bufferOffset + start;
    }

    /** Where the line ends in the file, its line end included. */
    public final long end() {
        return bufferOffset + next();
    }

    /** Whether the line has a line end. */
    public final boolean isTerminated() {
        return terminated;
    }

    /** Whether the line has nothing but blanks. */
    public final boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Where the line ends in the buffer, its line end included. */
    final int next() {
        return start + length + (terminated ? 1 : 0);
    }
}
