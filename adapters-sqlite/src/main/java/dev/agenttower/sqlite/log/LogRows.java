package dev.agenttower.sqlite.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.sqlite.pane.PaneRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Reads rows of {@code log_attachments} and {@code log_offsets}. */
final class LogRows {
    private static final String NEWEST = " ORDER BY last_status_at DESC, created_at DESC, attachment_id DESC LIMIT 1";

    private LogRows() {}

    static Optional<LogAttachment> newest(Handle handle, AgentId agent) {
        return handle.select("SELECT * FROM log_attachments WHERE agent_id = :agent" + NEWEST)
                .bind("agent", agent.value())
                .map((row, context) -> attachment(row))
                .findFirst();
    }

    static Optional<LogAttachment> newest(Handle handle, AgentId agent, String logPath) {
        return handle.select("SELECT * FROM log_attachments WHERE agent_id = :agent AND log_path = :path" + NEWEST)
                .bind("agent", agent.value())
                .bind("path", logPath)
                .map((row, context) -> attachment(row))
                .findFirst();
    }

    static List<LogAttachment> active(Handle handle) {
        return handle.select("SELECT * FROM log_attachments WHERE status = 'active' ORDER BY attachment_id")
                .map((row, context) -> attachment(row))
                .list();
    }

    static Optional<AgentId> userOf(Handle handle, String logPath) {
        return handle.select("SELECT agent_id FROM log_attachments WHERE status = 'active' AND log_path = :path")
                .bind("path", logPath)
                .map((row, context) -> new AgentId(row.getString("agent_id")))
                .findFirst();
    }

    static Optional<LogOffset> offset(Handle handle, AgentId agent, String logPath) {
        return handle.select("SELECT * FROM log_offsets WHERE agent_id = :agent AND log_path = :path")
                .bind("agent", agent.value())
                .bind("path", logPath)
                .map((row, context) -> new LogOffset(
                        agent,
                        logPath,
                        row.getLong("byte_offset"),
                        row.getLong("line_offset"),
                        row.getLong("last_event_offset"),
                        row.getString("last_output_at"),
                        row.getString("file_inode"),
                        row.getLong("file_size_seen"),
                        row.getString("created_at"),
                        row.getString("updated_at")))
                .findFirst();
    }

    private static LogAttachment attachment(ResultSet row) throws SQLException {
        String status = row.getString("status");
        String source = row.getString("source");
        return new LogAttachment(
                row.getString("attachment_id"),
                new AgentId(row.getString("agent_id")),
                PaneRows.key(row),
                row.getString("log_path"),
                AttachmentStatus.parse(status).orElseThrow(unknown("status", status)),
                AttachmentSource.parse(source).orElseThrow(unknown("source", source)),
                row.getString("pipe_pane_command"),
                row.getString("prior_pipe_target"),
                row.getString("attached_at"),
                row.getString("last_status_at"),
                row.getString("superseded_at"),
                row.getString("superseded_by"),
                row.getString("created_at"));
    }

    private static Supplier<StorageException> unknown(String column, String value) {
        return () -> new StorageException(
                "cannot read the database: log_attachments." + column + " is \"" + value + "\"",
                new IllegalArgumentException(value));
    }
}
