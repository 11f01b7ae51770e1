package dev.agenttower.core.governance.project;

import java.util.Collection;
import java.util.List;

/**
 * Where the paths of a project lead. Thread-safe; answers in microseconds.
 */
public interface ProjectTree {
    /**
     * Locates a path, relative to the root or absolute, whether something is there or not.
     *
     * <p>An implementation must follow the links of every part of the path, in the order in which the system would, also when the last parts
     * do not exist; a path whose links go round in circles is outside.
     */
    Located locate(String path);

    /** Those of {@code others} that are the very file that {@code path} leads to, under another name: hard links. Real paths, relative to the root. */
    List<String> sameFiles(String path, Collection<String> others);
}
