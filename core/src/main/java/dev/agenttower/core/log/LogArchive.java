package dev.agenttower.core.log;

/**
 * The older parts of logs, in files beside them: {@code <log>.<first byte>}, fifteen digits. A log keeps its inode and the positions of its
 * bytes, so that the pane goes on writing meanwhile; only the space of what has moved away is given back. Implementations are thread-safe
 * for different logs.
 */
public interface LogArchive {
    /** The first byte that has not moved away, or a little before it. */
    long begin(String path) throws UnreadableLogException;

    /**
     * Moves the beginning of a log into a file of its own, which is on disk before the log loses anything. A crash in between leaves both, and
     * the next call replaces the file.
     *
     * @param to moved are whole lines that end before this byte
     * @param keep the number of files that stay, this one included; 0 keeps none
     * @return the first byte that has not moved away
     * @throws UnreadableLogException if nothing was moved: the disk is full, or its file system cannot free a part of a file
     */
    long move(String path, long to, int keep) throws UnreadableLogException;
}
