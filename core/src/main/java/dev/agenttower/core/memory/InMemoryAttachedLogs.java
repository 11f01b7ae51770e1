package dev.agenttower.core.memory;

import dev.agenttower.core.event.ActivityWindow;
import dev.agenttower.core.event.AttachedLog;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.FileState;
import dev.agenttower.core.event.LogCommit;
import dev.agenttower.core.event.LogOffset;
import dev.agenttower.core.pane.Pane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The logs that are read, in memory. */
final class InMemoryAttachedLogs implements AttachedLogs {
    private final InMemoryTables tables;

    InMemoryAttachedLogs(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<AttachedLog> list() {
        Rows rows = tables.read();
        return rows.logAttachments.values().stream()
                .filter(row -> row.isActive()
                        || isLatestStale(rows, row)
                        || rows.activityWindows.containsKey(row.attachmentId()))
                .map(row -> log(rows, row))
                .toList();
    }

    private static boolean isLatestStale(Rows rows, LogAttachmentRow row) {
        return row.status().equals("stale")
                && rows.logAttachments.values().stream()
                        .filter(other -> other.agentId().equals(row.agentId()))
                        .allMatch(other -> other.equals(row)
                                || Order.TEXT.compare(other.lastStatusAt(), row.lastStatusAt()) < 0
                                || (other.lastStatusAt().equals(row.lastStatusAt())
                                        && Order.TEXT.compare(other.attachmentId(), row.attachmentId()) < 0));
    }

    private static AttachedLog log(Rows rows, LogAttachmentRow row) {
        Pane pane = rows.panes.get(row.pane());
        AttachedLog.@Nullable LastEvent last = rows.events.values().stream()
                .map(EventRow::event)
                .filter(event -> event.agentId().equals(row.agentId())
                        && row.attachmentId().equals(event.attachmentId()))
                .max(Comparator.comparingLong(Event::id))
                .map(event -> new AttachedLog.LastEvent(event.type(), event.observedAt()))
                .orElse(null);
        return new AttachedLog(
                row.attachmentId(),
                row.agentId(),
                row.logPath(),
                row.isActive(),
                row.source(),
                row.lastStatusAt(),
                pane != null && !pane.active(),
                rows.logOffsets.get(new Rows.LogKey(row.agentId(), row.logPath())),
                rows.activityWindows.get(row.attachmentId()),
                last);
    }

    @Override
    public Optional<List<Event>> commit(LogCommit visit) {
        return tables.write(rows -> {
            AttachedLog log = visit.log();
            LogOffset to = visit.to();
            if (to != null && !move(rows, log, visit.from(), to)) {
                return Optional.empty();
            }
            ActivityWindow window = visit.windowAfter();
            if (window == null) {
                if (visit.windowBefore() != null) {
                    rows.activityWindows.remove(log.attachmentId());
                }
            } else {
                rows.activityWindows.put(log.attachmentId(), window);
            }
            List<Event> stored = new ArrayList<>();
            long id = rows.events.keySet().stream().mapToLong(key -> key).max().orElse(0);
            for (Event event : visit.events()) {
                Event numbered = event.withId(++id);
                rows.events.put(id, new EventRow(numbered, null));
                stored.add(numbered);
            }
            return Optional.of(stored);
        });
    }

    private static boolean move(Rows rows, AttachedLog log, @Nullable LogOffset from, LogOffset to) {
        Rows.LogKey key = new Rows.LogKey(log.agentId(), log.path());
        LogOffset stored = rows.logOffsets.get(key);
        if (stored == null
                || from == null
                || stored.bytes() != from.bytes()
                || !Objects.equals(stored.inode(), from.inode())) {
            return false;
        }
        rows.logOffsets.put(key, to);
        return true;
    }

    @Override
    public boolean restart(AttachedLog log, LogOffset from, FileState file, String at) {
        return tables.write(rows ->
                move(rows, log, from, new LogOffset(0, 0, 0, from.lastOutputAt(), file.inode(), file.size(), at)));
    }

    @Override
    public boolean markStale(AttachedLog log, String at) {
        return tables.write(rows -> {
            LogAttachmentRow row = rows.logAttachments.get(log.attachmentId());
            if (row == null || !row.isActive()) {
                return false;
            }
            rows.logAttachments.put(log.attachmentId(), row.staleAt(at));
            return true;
        });
    }
}
