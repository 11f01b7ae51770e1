package dev.agenttower.core.governance.project;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * Where those of some paths lead that do not lead to what their text says: real paths, relative to the root. What leads out of the root is
     * not among them.
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

    /** Those of {@code others} that are the very file that {@code path} leads to, under another name: hard links. Real paths, relative to the root. */
    List<String> sameFiles(String path, Collection<String> others);
}
