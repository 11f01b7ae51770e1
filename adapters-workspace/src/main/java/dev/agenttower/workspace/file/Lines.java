package dev.agenttower.workspace.file;

import java.io.IOException;

/** A walk over the lines of a file. What it tells holds until it advances. */
public interface Lines {
    /** No writer of ours comes near it; what is longer would only fill the memory. */
    int LONGEST = 1 << 24;

    /** Goes to the next line of the walk, which may be empty; false when there is none. */
    boolean advance() throws IOException;

    /** An array that holds the line from {@link #start()} on. */
    byte[] bytes();

    /** Where the line starts in {@link #bytes()}. */
    int start();

    /** The length of the line without its line end. */
    int length();

    /** Where the line starts in the file. */
    long offset();

    /** Where the line ends in the file, its line end included. */
    long end();

    /** Whether the line has a line end. */
    boolean isTerminated();

    /** Whether the line has nothing but blanks. */
    default boolean isBlank() {
        for (int i = start(); i < start() + length(); i++) {
            if (bytes()[i] != ' ' && bytes()[i] != '\t' && bytes()[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
