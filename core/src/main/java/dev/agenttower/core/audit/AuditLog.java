package dev.agenttower.core.audit;

/**
 * The append-only audit trail. An implementation stamps the record, appends it as one whole line and has it on disk when
 * {@link #append} returns; records appended by one thread stay in order. Thread-safe.
 */
public interface AuditLog {
    /**
     * Appends one record. A record that has a field {@code ts} keeps it as its stamp.
     *
     * @throws AuditUnavailableException if the record is not surely on disk: the file may be read or written by others, and then nothing was
     *     written; or the medium failed, and then the record may be there whole, in part or not at all
     */
    void append(AuditRecord record);

    /** A log that forgets everything. */
    static AuditLog noop() {
        return record -> {};
    }
}
