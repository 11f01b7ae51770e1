package dev.agenttower.core.audit;

import java.util.List;

/**
 * The append-only audit trail. An implementation must add a time stamp to the record, append it as one whole line and have it on disk when
 * {@link #append} returns; records appended by one thread stay in order. Thread-safe.
 */
public interface AuditLog {
    /**
     * Appends one record. A field {@code ts} in the record is kept as its time stamp.
     *
     * @throws AuditUnavailableException if the record may not be on disk: either other users can read or write the file, and nothing was
     *     written; or the medium failed, and the record may be written completely, in part or not at all
     */
    void append(AuditRecord record);

    /**
     * Appends records in their order. An implementation may write them together.
     *
     * @throws AuditUnavailableException as {@link #append} does; then any of the records may be written
     */
    default void appendAll(List<AuditRecord> records) {
        records.forEach(this::append);
    }

    /** A log that discards all records. */
    static AuditLog noop() {
        return record -> {};
    }
}
