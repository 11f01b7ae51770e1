package dev.agenttower.core.governance.project;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Resolves the paths of a project. Thread-safe; answers in microseconds. */
public interface ProjectTree {
    /**
     * Resolves a path, relative to the root or absolute, existing or not.
     *
     * <p>An implementation must follow the links in every part of the path in the order of the operating system, even if the last parts do not
     * exist; a path with a cycle of links counts as outside.
     */
    Located locate(String path);

    /**
     * The resolved paths, relative to the root, of those of the given paths that resolve to another path. Paths that lead out of the root are
     * left out.
     *
     * @param paths normal paths below the root
     */
    default Set<String> destinationsElsewhere(List<String> paths) {
        Set<String> destinations = new LinkedHashSet<>();
        for (String path : paths) {
            String real = locate(path).real();
            if (real != null && !real.equals(path)) {
                destinations.add(real);
            }
        }
        return destinations;
    }

    /** Those of {@code others} that are hard links to the file at {@code path}, as resolved paths relative to the root. */
    List<String> sameFiles(String path, Collection<String> others);
}
