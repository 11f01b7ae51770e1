package dev.agenttower.core.governance.change.application;

import java.util.List;

/**
 * Writes authorized changes to their files, one at a time, so that a restart can determine the outcome of each.
 *
 * <p>Targets are relative to the root of the project. An implementation must not follow links in them.
 */
public interface ChangeApplication {
    /**
     * Records the change that is about to be applied. The record is on disk when this returns.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if it could not be recorded
     */
    void begin(ChangeIntent intent);

    /**
     * Replaces the content of the target atomically; it is on disk when this returns. Mode and owner are kept.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if the target does not have the content that the intent expects, or
     *     could not be replaced; it is then unchanged
     */
    void replace(ChangeIntent intent, byte[] content);

    /** Removes the record and any temporary file beside the target. Idempotent. */
    void settle(ChangeIntent intent);

    /** All records that are not settled, of any origin. */
    List<IntentRecord> records();

    /**
     * Reads a record.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if it is no record of a change
     */
    ChangeIntent read(IntentRecord record);

    /** Whether {@link #begin} made the record. An implementation that cannot tell returns true. */
    default boolean isOwn(IntentRecord record) {
        return true;
    }

    /** Moves a record aside and keeps it; {@link #records} no longer lists it. Does nothing if it does not exist. */
    void setAside(IntentRecord record);

    /**
     * The own intents that are begun and not settled.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if an own record cannot be read
     */
    default List<ChangeIntent> unsettled() {
        return records().stream().filter(this::isOwn).map(this::read).toList();
    }
}
