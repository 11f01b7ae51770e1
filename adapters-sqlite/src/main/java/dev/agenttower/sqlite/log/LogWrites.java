package dev.agenttower.sqlite.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.sqlite.agent.AgentWrites;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The writes to log attachments within one transaction. */
final class LogWrites implements LogStore.Writes {
    private static final String INSERT = """
            INSERT INTO log_attachments (attachment_id, agent_id, container_id, tmux_socket_path, tmux_session_name,
                tmux_window_index, tmux_pane_index, tmux_pane_id, log_path, status, source, pipe_pane_command,
                prior_pipe_target, attached_at, last_status_at, superseded_at, superseded_by, created_at)
            VALUES (:id, :agent.value, :pane.container.value, :pane.socketPath, :pane.sessionName, :pane.windowIndex,
                :pane.paneIndex, :pane.paneId, :logPath, :status.wire, :source.wire, :pipeCommand, :priorPipeTarget,
                :attachedAt, :lastStatusAt, :supersededAt, :supersededBy, :createdAt)""";
    private static final String UPDATE = """
            UPDATE log_attachments SET status = :status.wire, last_status_at = :lastStatusAt,
                superseded_at = :supersededAt, superseded_by = :supersededBy
            WHERE attachment_id = :id""";
    private static final String PUT_OFFSET = """
            INSERT OR REPLACE INTO log_offsets (agent_id, log_path, byte_offset, line_offset, last_event_offset,
                last_output_at, file_inode, file_size_seen, created_at, updated_at)
            VALUES (:agent.value, :logPath, :byteOffset, :lineOffset, :lastEventOffset, :lastOutputAt, :fileInode,
                :fileSizeSeen, :createdAt, :updatedAt)""";

    private final Handle handle;

    LogWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public AgentStore.Writes agents() {
        return new AgentWrites(handle);
    }

    @Override
    public Optional<LogAttachment> newest(AgentId agent) {
        return LogRows.newest(handle, agent);
    }

    @Override
    public Optional<LogAttachment> newest(AgentId agent, String logPath) {
        return LogRows.newest(handle, agent, logPath);
    }

    @Override
    public Optional<AgentId> userOf(String logPath) {
        return LogRows.userOf(handle, logPath);
    }

    @Override
    public boolean exists(String attachmentId) {
        return handle.select("SELECT 1 FROM log_attachments WHERE attachment_id = :id")
                .bind("id", attachmentId)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    @Override
    public void insert(LogAttachment attachment) {
        handle.createUpdate(INSERT).bindMethods(attachment).execute();
    }

    @Override
    public void update(LogAttachment attachment) {
        handle.createUpdate(UPDATE).bindMethods(attachment).execute();
    }

    @Override
    public Optional<LogOffset> offset(AgentId agent, String logPath) {
        return LogRows.offset(handle, agent, logPath);
    }

    @Override
    public void put(LogOffset offset) {
        handle.createUpdate(PUT_OFFSET).bindMethods(offset).execute();
    }
}
