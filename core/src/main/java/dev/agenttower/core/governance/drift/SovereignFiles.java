package dev.agenttower.core.governance.drift;

import java.util.Collection;

/** Looks at the files of a project as they are at this moment, and changes nothing. Thread-safe. */
@FunctionalInterface
public interface SovereignFiles {
    /** Of directories that lie deeper than this below one that is looked at, nothing is told. */
    int MAX_DEPTH = 256;

    /**
     * Looks at paths, which are relative to the root: at a file, or at all files below a directory.
     *
     * <p>An implementation must give a file that is no plain one a note that changes when it becomes another one: a link says where it leads,
     * and has the hash of what is read through it; a link below a directory is not followed. What cannot be looked at for a reason that may
     * pass is unknown and not missing, and so is a directory that lies too deep ({@link #MAX_DEPTH}); all else is told. Files beyond a limit, in number or size, must not make a look take ever longer: a directory below which there are more than the
     * limit is overfull, and nothing below it is told.
     */
    FileSnapshot look(Collection<String> paths);
}
