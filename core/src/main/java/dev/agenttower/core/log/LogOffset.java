package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * How far the log of an agent was read. Only the reader of events advances it.
 *
 * @param byteOffset the bytes read
 * @param lineOffset the lines read
 * @param lastEventOffset the end of the last event, in bytes
 * @param lastOutputAt when output was last read, or null
 * @param fileInode the file that was read, as {@code device:inode}, or null before the first read
 * @param fileSizeSeen the size of that file when it was last looked at, in bytes
 */
public record LogOffset(
        AgentId agent,
        String logPath,
        long byteOffset,
        long lineOffset,
        long lastEventOffset,
        @Nullable String lastOutputAt,
        @Nullable String fileInode,
        long fileSizeSeen,
        String createdAt,
        String updatedAt) {
    /** Nothing was read yet. */
    static LogOffset atStart(AgentId agent, String logPath, String now) {
        return new LogOffset(agent, logPath, 0, 0, 0, null, null, 0, now, now);
    }

    /** Whether this file is the one that was read, with at least as many bytes. */
    boolean continuesIn(LogFile file) {
        return file.inode().equals(fileInode) && file.size() >= fileSizeSeen;
    }

    /** A copy for another file, or one that was cut: it is read from its start. */
    LogOffset restartedIn(@Nullable LogFile file, String now) {
        return new LogOffset(
                agent,
                logPath,
                0,
                0,
                0,
                lastOutputAt,
                file == null ? fileInode : file.inode(),
                file == null ? fileSizeSeen : file.size(),
                createdAt,
                now);
    }
}
