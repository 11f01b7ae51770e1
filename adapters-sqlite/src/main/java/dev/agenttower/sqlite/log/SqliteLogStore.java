package dev.agenttower.sqlite.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.log.LogStore;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The log attachments in the tables {@code log_attachments} and {@code log_offsets}. */
public final class SqliteLogStore implements LogStore {
    private final Readers readers;
    private final Writer writer;

    public SqliteLogStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Optional<LogAttachment> newest(AgentId agent) {
        return readers.read(snapshot -> LogRows.newest(snapshot.handle(), agent));
    }

    @Override
    public Optional<LogOffset> offset(AgentId agent, String logPath) {
        return readers.read(snapshot -> LogRows.offset(snapshot.handle(), agent, logPath));
    }

    @Override
    public Optional<AgentId> userOf(String logPath) {
        return readers.read(snapshot -> LogRows.userOf(snapshot.handle(), logPath));
    }

    @Override
    public List<LogAttachment> active() {
        return readers.read(snapshot -> LogRows.active(snapshot.handle()));
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return writer.write(handle -> work.apply(new LogWrites(handle)));
    }
}
