package dev.agenttower.jsonl;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.time.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail in a file with one JSON object on each line, {@code ts} first. The first record creates the file and its folders, for the
 * owner only; a file that others can access is refused. A line torn by a crash stays, and the next record starts a new line. Thread-safe:
 * records are stamped and written one after another, also by several logs of one process.
 */
public final class JsonlAuditLog implements AuditLog {
    // Static, because two logs may write the same file.
    private static final ReentrantLock APPENDING = new ReentrantLock();

    private final RecordEncoder encoder = new RecordEncoder();
    private final PrivateFile file;
    private final InstantSource clock;

    /** A log in {@code eventsFile}, which need not exist. Accesses no file before the first record. */
    public JsonlAuditLog(Path eventsFile, InstantSource clock) {
        this.file = new PrivateFile(eventsFile);
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void append(AuditRecord record) {
        appendAll(List.of(record));
    }

    /**
     * Appends records by one write; all are on disk when it returns.
     *
     * @throws AuditUnavailableException as {@link #append} does; any of the records may be written
     */
    @Override
    public void appendAll(List<AuditRecord> records) {
        APPENDING.lock();
        try {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (AuditRecord record : records) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                fields.put("ts", Timestamps.micros(clock.instant()));
                fields.putAll(record.fields());
                lines.writeBytes(encoder.encode(fields));
            }
            file.append(lines.toByteArray());
        } catch (IOException failure) {
            throw new AuditUnavailableException(
                    "cannot append to " + file.path() + ": " + failure.getMessage(), failure);
        } finally {
            APPENDING.unlock();
        }
    }

    /** The end of the file, at most so many bytes; empty if there is no file. */
    byte[] tail(int most) throws IOException {
        return file.tail(most);
    }

    /** Checks whether the next record can be written, without writing. */
    public SubsystemProbe probe() {
        return new WritabilityProbe(file);
    }
}
