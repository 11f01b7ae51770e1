package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.PathText;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a look at files found.
 *
 * @param files the fingerprints of the files that exist, by path relative to the root
 * @param unknown paths at and below which nothing could be told
 * @param overfull directories that hold more than is looked at, so that nothing could be told of what is below them
 */
public record FileSnapshot(Map<String, Fingerprint> files, Set<String> unknown, Set<String> overfull) {
    /** Copies all of them. */
    public FileSnapshot {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        unknown = Set.copyOf(unknown);
        overfull = Set.copyOf(overfull);
    }

    /** A look to which no directory was overfull. */
    public FileSnapshot(Map<String, Fingerprint> files, Set<String> unknown) {
        this(files, unknown, Set.of());
    }

    /** Whether it could be told what is at a path. */
    boolean isKnown(String path) {
        return !PathText.isAtOrBelowAny(path, unknown)
                && overfull.stream().noneMatch(full -> PathText.isAbove(full, path));
    }

    /** The first place at, above or below a path of which nothing could be told; null if there is none, or too much below the path. */
    @Nullable String unknownPart(String path) {
        return overfull.contains(path)
                ? null
                : unknown.stream()
                        .filter(lost -> PathText.isAtOrAbove(lost, path) || PathText.isAbove(path, lost))
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }
}
