package dev.agenttower.sqlite.event;

import dev.agenttower.core.event.ActivityWindow;
import dev.agenttower.core.event.AttachedLog;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.Classification;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.event.LogCommit;
import dev.agenttower.core.event.ReadOffset;
import dev.agenttower.core.event.Span;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Tables;
import dev.agenttower.sqlite.database.Writer;
import dev.agenttower.sqlite.pane.PaneRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The logs that are read, in the tables {@code log_attachments}, {@code log_offsets}, {@code activity_windows} and {@code events}. */
public final class SqliteAttachedLogs implements AttachedLogs {
    private static final String LIST = """
            SELECT a.attachment_id, a.agent_id, a.log_path, a.status, a.source, a.last_status_at,
                EXISTS (SELECT 1 FROM panes AS p WHERE %s AND p.active = 0) AS is_pane_gone,
                o.byte_offset, o.line_offset, o.last_event_offset, o.last_output_at, o.file_inode, o.file_size_seen,
                o.updated_at, e.event_type AS last_type, e.observed_at AS last_at,
                w.window_id, w.classifier_rule_id, w.excerpt, w.observed_at, w.collapsed_count, w.byte_range_start,
                w.byte_range_end, w.line_offset_start, w.line_offset_end, w.started_at
            FROM log_attachments AS a
            LEFT JOIN log_offsets AS o ON o.agent_id = a.agent_id AND o.log_path = a.log_path
            LEFT JOIN activity_windows AS w ON w.attachment_id = a.attachment_id
            LEFT JOIN events AS e ON e.event_id = (
                SELECT event_id FROM events WHERE agent_id = a.agent_id AND attachment_id = a.attachment_id
                ORDER BY event_id DESC LIMIT 1)
            WHERE a.status = 'active' OR w.window_id IS NOT NULL
                OR (a.status = 'stale' AND a.attachment_id = (
                    SELECT attachment_id FROM log_attachments WHERE agent_id = a.agent_id
                    ORDER BY last_status_at DESC, attachment_id DESC LIMIT 1))
            ORDER BY a.attachment_id""".formatted(PaneRows.sameKey("p", "a"));
    private static final String MOVE = """
            UPDATE log_offsets SET byte_offset = :to.bytes, line_offset = :to.lines, last_event_offset = :to.lastEvent,
                last_output_at = :to.lastOutputAt, file_inode = :to.inode, file_size_seen = :to.sizeSeen,
                updated_at = :to.updatedAt
            WHERE agent_id = :log.agentId AND log_path = :log.path AND byte_offset = :from.bytes
                AND file_inode IS :from.inode""";
    private static final String KEEP_WINDOW = """
            INSERT OR REPLACE INTO activity_windows (attachment_id, window_id, classifier_rule_id, excerpt, observed_at,
                collapsed_count, byte_range_start, byte_range_end, line_offset_start, line_offset_end, started_at)
            VALUES (:attachment, :id, :latest.ruleId, :latest.excerpt, :observedAt, :count, :bytes.start, :bytes.end,
                :lines.start, :lines.end, :startedAt)""";

    private final Readers readers;
    private final Writer writer;

    public SqliteAttachedLogs(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    @SuppressWarnings("unchecked") // The remembered value is the list of this query.
    public List<AttachedLog> list() {
        return readers.remembered(
                LIST,
                handle -> handle.select(LIST).map((row, context) -> log(row)).list(),
                List.class);
    }

    private static AttachedLog log(ResultSet row) throws SQLException {
        String lastType = row.getString("last_type");
        return new AttachedLog(
                row.getString("attachment_id"),
                row.getString("agent_id"),
                row.getString("log_path"),
                row.getString("status").equals("active"),
                row.getString("source"),
                row.getString("last_status_at"),
                row.getBoolean("is_pane_gone"),
                offset(row),
                window(row),
                lastType == null ? null : new AttachedLog.LastEvent(lastType, row.getString("last_at")));
    }

    private static @Nullable ReadOffset offset(ResultSet row) throws SQLException {
        long bytes = row.getLong("byte_offset");
        return row.wasNull()
                ? null
                : new ReadOffset(
                        bytes,
                        row.getLong("line_offset"),
                        row.getLong("last_event_offset"),
                        row.getString("last_output_at"),
                        row.getString("file_inode"),
                        row.getLong("file_size_seen"),
                        row.getString("updated_at"));
    }

    private static @Nullable ActivityWindow window(ResultSet row) throws SQLException {
        String id = row.getString("window_id");
        return id == null
                ? null
                : new ActivityWindow(
                        id,
                        new Classification(
                                EventType.ACTIVITY, row.getString("classifier_rule_id"), row.getString("excerpt")),
                        row.getString("observed_at"),
                        row.getLong("collapsed_count"),
                        new Span(row.getLong("byte_range_start"), row.getLong("byte_range_end")),
                        new Span(row.getLong("line_offset_start"), row.getLong("line_offset_end")),
                        row.getString("started_at"));
    }

    @Override
    public Optional<List<Event>> commit(LogCommit visit) {
        return writer.write(handle -> {
            if (visit.to() != null
                    && handle.createUpdate(MOVE).bindMethods(visit).execute() == 0) {
                return Optional.empty();
            }
            keepWindow(handle, visit);
            return Optional.of(insert(handle, visit.events()));
        });
    }

    private static List<Event> insert(Handle handle, List<Event> events) {
        if (events.isEmpty()) {
            return events;
        }
        PreparedBatch batch = handle.prepareBatch(EventRows.INSERT);
        events.forEach(event -> batch.bindMethods(event).add());
        batch.execute();
        // The ids of rows that one transaction inserts follow each other.
        long next = Tables.number(handle, "SELECT last_insert_rowid()") - events.size();
        List<Event> stored = new ArrayList<>(events.size());
        for (Event event : events) {
            stored.add(event.withId(++next));
        }
        return stored;
    }

    private static void keepWindow(Handle handle, LogCommit visit) {
        ActivityWindow window = visit.windowAfter();
        String attachment = visit.log().attachmentId();
        if (window != null) {
            handle.createUpdate(KEEP_WINDOW)
                    .bind("attachment", attachment)
                    .bindMethods(window)
                    .execute();
        } else if (visit.windowBefore() != null) {
            handle.execute("DELETE FROM activity_windows WHERE attachment_id = ?", attachment);
        }
    }

    @Override
    public boolean restart(AttachedLog log, ReadOffset from, LogFile file, String at) {
        ReadOffset to = new ReadOffset(0, 0, 0, from.lastOutputAt(), file.inode(), file.size(), at);
        LogCommit restart = new LogCommit(log, List.of(), from, to, null, null);
        return writer.write(
                handle -> handle.createUpdate(MOVE).bindMethods(restart).execute() > 0);
    }

    @Override
    public boolean markStale(AttachedLog log, String at) {
        return writer.write(handle ->
                handle.createUpdate("""
                                UPDATE log_attachments SET status = 'stale', last_status_at = :at,
                                    superseded_at = NULL, superseded_by = NULL
                                WHERE attachment_id = :attachmentId AND status = 'active'""").bind("at", at).bindMethods(log).execute() > 0);
    }
}
