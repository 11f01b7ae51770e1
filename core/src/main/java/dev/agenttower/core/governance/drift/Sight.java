package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.PathText;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a look at files found.
 *
 * @param files the seals of the files that exist, by path relative to the root
 * @param unknown paths at and below which nothing could be told
 * @param overfull directories that hold more than is looked at, so that nothing could be told of what is below them
 */
public record Sight(Map<String, Seal> files, Set<String> unknown, Set<String> overfull) {
    /** Copies all of them. */
    public Sight {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        unknown = Set.copyOf(unknown);
        overfull = Set.copyOf(overfull);
    }

    /** A look to which no directory was overfull. */
    public Sight(Map<String, Seal> files, Set<String> unknown) {
        this(files, unknown, Set.of());
    }

    /** Whether it could be told what is at a path. */
    boolean isKnown(String path) {
        return unknown.stream().noneMatch(lost -> PathText.isAtOrAbove(lost, path))
                && overfull.stream().noneMatch(full -> PathText.isAbove(full, path));
    }

    /** Whether it could be told what is at a path and everywhere below it. */
    boolean isWhole(String path) {
        return isKnown(path) && unknown.stream().noneMatch(lost -> PathText.isAbove(path, lost));
    }
}
