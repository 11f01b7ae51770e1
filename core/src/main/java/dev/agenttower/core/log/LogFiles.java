package dev.agenttower.core.log;

import dev.agenttower.core.failure.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * The files of logs on the host, by absolute paths. An implementation must
 *
 * <ul>
 *   <li>create files and directories that only their owner may access, whatever the umask, and never change existing modes;
 *   <li>open logs without following a symbolic link at their last component, only if they are regular files, and without waiting;
 *   <li>decode UTF-8 with U+FFFD for invalid bytes;
 *   <li>be thread-safe.
 * </ul>
 */
public interface LogFiles {
    /** The longest bytes of a line that {@link #tail} returns; the rest is cut and marked with an ellipsis. */
    int LONGEST_LINE = 65_536;

    /** The path without symbolic links. Components that do not exist stay as they are. Empty if it cannot be resolved, as in a loop. */
    Optional<String> real(String path);

    /** Whether there is a directory at the path, links followed. */
    boolean isDirectory(String path);

    /** Whether this process may create files in the directory, or write the file, at the path. */
    boolean isWritable(String path);

    /**
     * Creates the file and missing directories above it where they do not exist.
     *
     * @throws RefusedException {@code INTERNAL_ERROR} if this fails, or if the file or its directory is accessible to others
     */
    void create(String path);

    /** The bytes that may still be written where the file lies, by users without privileges; a large number where that is unknown. */
    long room(String path);

    /**
     * The file at the path, symbolic links not followed; empty if there is none.
     *
     * @throws RefusedException {@code INTERNAL_ERROR} if that cannot be told
     */
    Optional<LogFile> stat(String path);

    /**
     * The last lines of a log, at most {@code lines}; lines end at LF, and an unfinished last line counts.
     *
     * @throws RefusedException {@code LOG_FILE_MISSING} if there is no such file, or one that is not regular
     */
    List<String> tail(String path, int lines);
}
