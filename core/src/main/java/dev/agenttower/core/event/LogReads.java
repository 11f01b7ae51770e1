package dev.agenttower.core.event;

import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import java.util.Optional;

/** Files of logs. An implementation must never wait for another process, and be thread-safe. */
public interface LogReads {
    /** The file at an absolute path; empty if there is none. */
    Optional<LogFile> look(String path) throws UnreadableLogException;

    /**
     * Reads a file.
     *
     * @param seen what {@link #look} saw at the path
     * @param from the first byte, at least 0
     * @param most the most bytes, at least 1
     * @return what is there; shorter than {@code most} only at the end of the file; empty Optional if the path leads to another file by now
     */
    Optional<byte[]> read(String path, LogFile seen, long from, int most) throws UnreadableLogException;
}
