package dev.agenttower.core.memory;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.event.ActivityWindow;
import dev.agenttower.core.event.AttachedLog;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.LogCommit;
import dev.agenttower.core.event.ReadOffset;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.LogOffset;
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
                .filter(row -> row.isActive() || isLatestStale(rows, row) || rows.activityWindows.containsKey(row.id()))
                .map(row -> log(rows, row))
                .toList();
    }

    private static boolean isLatestStale(Rows rows, LogAttachment row) {
        return row.status() == AttachmentStatus.STALE
                && rows.logAttachments.values().stream()
                        .filter(other -> other.agent().equals(row.agent()))
                        .allMatch(other -> other.equals(row)
                                || Order.TEXT.compare(other.lastStatusAt(), row.lastStatusAt()) < 0
                                || (other.lastStatusAt().equals(row.lastStatusAt())
                                        && Order.TEXT.compare(other.id(), row.id()) < 0));
    }

    private static AttachedLog log(Rows rows, LogAttachment row) {
        Pane pane = rows.panes.get(row.pane());
        AttachedLog.@Nullable LastEvent last = rows.events.values().stream()
                .map(EventRow::event)
                .filter(event ->
                        event.agentId().equals(row.agent().value()) && row.id().equals(event.attachmentId()))
                .max(Comparator.comparingLong(Event::id))
                .map(event -> new AttachedLog.LastEvent(event.type(), event.observedAt()))
                .orElse(null);
        return new AttachedLog(
                row.id(),
                row.agent().value(),
                row.logPath(),
                row.isActive(),
                row.source().wire(),
                row.lastStatusAt(),
                pane != null && !pane.active(),
                offset(rows.logOffsets.get(new Rows.LogRead(row.agent(), row.logPath()))),
                rows.activityWindows.get(row.id()),
                last);
    }

    @Override
    public Optional<List<Event>> commit(LogCommit visit) {
        return tables.write(rows -> {
            AttachedLog log = visit.log();
            ReadOffset to = visit.to();
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

    private static boolean move(Rows rows, AttachedLog log, @Nullable ReadOffset from, ReadOffset to) {
        Rows.LogRead key = new Rows.LogRead(new AgentId(log.agentId()), log.path());
        LogOffset stored = rows.logOffsets.get(key);
        if (stored == null
                || from == null
                || stored.byteOffset() != from.bytes()
                || !Objects.equals(stored.fileInode(), from.inode())) {
            return false;
        }
        rows.logOffsets.put(
                key,
                new LogOffset(
                        stored.agent(),
                        stored.logPath(),
                        to.bytes(),
                        to.lines(),
                        to.lastEvent(),
                        to.lastOutputAt(),
                        to.inode(),
                        to.sizeSeen(),
                        stored.createdAt(),
                        to.updatedAt()));
        return true;
    }

    private static @Nullable ReadOffset offset(@Nullable LogOffset stored) {
        return stored == null
                ? null
                : new ReadOffset(
                        stored.byteOffset(),
                        stored.lineOffset(),
                        stored.lastEventOffset(),
                        stored.lastOutputAt(),
                        stored.fileInode(),
                        stored.fileSizeSeen(),
                        stored.updatedAt());
    }

    @Override
    public boolean restart(AttachedLog log, ReadOffset from, LogFile file, String at) {
        return tables.write(rows ->
                move(rows, log, from, new ReadOffset(0, 0, 0, from.lastOutputAt(), file.inode(), file.size(), at)));
    }

    @Override
    public boolean markStale(AttachedLog log, String at) {
        return tables.write(rows -> {
            LogAttachment row = rows.logAttachments.get(log.attachmentId());
            if (row == null || !row.isActive()) {
                return false;
            }
            rows.logAttachments.put(log.attachmentId(), row.with(AttachmentStatus.STALE, at));
            return true;
        });
    }
}
