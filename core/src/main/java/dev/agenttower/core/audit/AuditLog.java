package dev.agenttower.core.audit;

/**
 * The append-only audit trail. An implementation stamps the record, appends it as one whole line and has it on disk when
 * {@link #append} returns; records appended by one thread stay in order. Thread-safe.
 */
public interface AuditLog {
    /**
     * Appends one record.
     *
     * @throws AuditUnavailableException if the record could not be written, for instance because the file may be read by others; nothing of
     *     it was then written
     */
    void append(AuditRecord record);

    /** A log that forgets everything. */
    static AuditLog noop() {
        return record -> {};
    }
}
