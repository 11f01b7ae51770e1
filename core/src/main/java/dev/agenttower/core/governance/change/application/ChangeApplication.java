package dev.agenttower.core.governance.change.application;

import java.util.List;

/**
 * Puts authorized changes into their files, one at a time, so that a restart can tell what became of each.
 *
 * <p>Targets are relative to the root of the project. An implementation must not follow links in them.
 */
public interface ChangeApplication {
    /**
     * Records what is about to happen. It is on disk when this returns.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if it could not be recorded
     */
    void begin(ChangeIntent intent);

    /**
     * Replaces the content of the target at once; it is on disk when this returns. Mode and owner stay.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if the target is not what the intent says it was, or could not be
     *     replaced; it is then as it was
     */
    void replace(ChangeIntent intent, byte[] content);

    /** Forgets what was recorded, and removes what was left of it beside the target. Does nothing the second time. */
    void settle(ChangeIntent intent);

    /** What is recorded and not yet forgotten, whoever recorded it. */
    List<IntentRecord> records();

    /**
     * What a record says.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if it is no record of a change
     */
    ChangeIntent read(IntentRecord record);

    /** Whether a record was made by {@link #begin}. An implementation that cannot tell believes it. */
    default boolean isOwn(IntentRecord record) {
        return true;
    }

    /** Moves a record out of the way and keeps it; it is none of the {@link #records} any more. Does nothing if it is gone. */
    void setAside(IntentRecord record);

    /**
     * What was begun here and not yet forgotten.
     *
     * @throws dev.agenttower.core.governance.project.ProjectFileException if a record that is believed cannot be read
     */
    default List<ChangeIntent> unsettled() {
        return records().stream().filter(this::isOwn).map(this::read).toList();
    }
}
