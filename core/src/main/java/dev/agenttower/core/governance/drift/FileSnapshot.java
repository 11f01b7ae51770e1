package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.PathText;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of files at one moment.
 *
 * @param files the fingerprints of the files that exist, by path relative to the root
 * @param unknown paths that could not be read; nothing is known at and below them
 * @param overfull directories that hold more files than are checked; nothing is known below them
 */
public record FileSnapshot(Map<String, Fingerprint> files, Set<String> unknown, Set<String> overfull) {
    /** Copies the collections. */
    public FileSnapshot {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        unknown = Set.copyOf(unknown);
        overfull = Set.copyOf(overfull);
    }

    /** A snapshot without overfull directories. */
    public FileSnapshot(Map<String, Fingerprint> files, Set<String> unknown) {
        this(files, unknown, Set.of());
    }

    /** Whether the state of a path is known. */
    boolean isKnown(String path) {
        return !PathText.isAtOrBelowAny(path, unknown)
                && overfull.stream().noneMatch(full -> PathText.isAbove(full, path));
    }

    /** The first unreadable path at, above or below a path; null if there is none, or the path is an overfull directory. */
    @Nullable String unknownPart(String path) {
        return overfull.contains(path)
                ? null
                : unknown.stream()
                        .filter(lost -> PathText.isAtOrAbove(lost, path) || PathText.isAbove(path, lost))
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }
}
