package dev.agenttower.core.event;

import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Files of logs. An implementation must never wait for another process, and be thread-safe. */
public interface LogReads {
    /** The file at an absolute path; empty if there is none. */
    Optional<LogFile> look(String path) throws UnreadableLogException;

    /**
     * Reads a file into the rest of a buffer, which is filled unless the file ends before.
     *
     * @param seen what {@link #look} saw at the path
     * @param from the first byte, at least 0
     * @return false, and nothing is read, if the path leads to another file by now
     */
    boolean read(String path, LogFile seen, long from, ByteBuffer into) throws UnreadableLogException;
}
