package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.project.PathText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files and directories that a role or a spec covers. A path is covered if it is one of the entries or below one. The entry {@code .}
 * covers only the root itself, not what is in it.
 */
public final class PathSet {
    private final List<String> written;
    private final Set<String> entries;

    private PathSet(Collection<String> written) {
        this.written = List.copyOf(written);
        this.entries =
                new LinkedHashSet<>(this.written.stream().map(PathText::normal).toList());
    }

    /** The set of these entries; a trailing {@code /} is ignored. */
    public static PathSet of(Collection<String> entries) {
        return new PathSet(entries);
    }

    /** The entries as they were written. */
    public List<String> written() {
        return written;
    }

    /** Whether a path in normal form is covered. */
    public boolean covers(String path) {
        if (entries.contains(path)) {
            return true;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (entries.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return slashOnly(path);
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether the path itself is an entry. */
    public boolean lists(String path) {
        return entries.contains(path);
    }

    private boolean slashOnly(String path) {
        return path.startsWith("/") && entries.contains("/");
    }
}
