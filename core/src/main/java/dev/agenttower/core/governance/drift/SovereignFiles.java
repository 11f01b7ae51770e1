package dev.agenttower.core.governance.drift;

import java.util.Collection;

/** Takes snapshots of the sovereign files of a project. Changes nothing. Thread-safe. */
@FunctionalInterface
public interface SovereignFiles {
    /** The depth below a given path beyond which directories are not read. */
    int MAX_DEPTH = 256;

    /**
     * The state of the given files, and of all files below the given directories. Paths are relative to the root.
     *
     * <p>An implementation must give every file that is not a plain file a note that changes with its kind or target: a link has its target in
     * the note and the hash of the content read through it; a link below a directory is not followed. A path that cannot be read for a reason
     * that may be temporary is unknown, not missing, and so is a directory deeper than {@link #MAX_DEPTH}. The time of a snapshot must be
     * bounded by limits on the number and size of files: a directory with more files than the limit is overfull, and the files below it are left
     * out.
     */
    FileSnapshot snapshot(Collection<String> paths);
}
