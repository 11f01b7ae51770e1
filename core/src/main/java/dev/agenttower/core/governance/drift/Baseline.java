package dev.agenttower.core.governance.drift;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the sovereign files of one project.
 *
 * @param files each of them, by path
 * @param last the last drift that was told; null for none
 */
public record Baseline(
        Map<String, KnownFile> files, @Nullable ToldDrift last) {
    /** Copies the files, ordered by path. */
    public Baseline {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** What is known of some files. */
    public static Baseline of(Collection<KnownFile> files, @Nullable ToldDrift last) {
        Map<String, KnownFile> byPath = new TreeMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return new Baseline(byPath, last);
    }

    /** The paths that the policy named. */
    Set<String> declared() {
        Set<String> declared = new LinkedHashSet<>();
        files.values().stream()
                .filter(KnownFile::isDeclared)
                .map(KnownFile::path)
                .forEach(declared::add);
        return declared;
    }

    /** The directories that hold more than is looked at. */
    Set<String> overfull() {
        Set<String> overfull = new LinkedHashSet<>();
        files.values().stream()
                .filter(file -> Seal.OVERFULL.equals(file.seal()))
                .map(KnownFile::path)
                .forEach(overfull::add);
        return overfull;
    }

    /** The same with something else known of a path. */
    Baseline with(String path, UnaryOperator<KnownFile> change) {
        Map<String, KnownFile> changed = new TreeMap<>(files);
        changed.compute(path, (key, known) -> change.apply(known == null ? KnownFile.of(path, false, null) : known));
        return new Baseline(changed, last);
    }
}
