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
        Map<String, KnownFile> files, @Nullable ReportedDrift last) {
    /** Copies the files, ordered by path. */
    public Baseline {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** What is known of some files. */
    public static Baseline of(Collection<KnownFile> files, @Nullable ReportedDrift last) {
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
        return withFingerprint(Fingerprint.OVERFULL);
    }

    /** The places that could never be looked at. */
    Set<String> unseen() {
        return withFingerprint(Fingerprint.UNSEEN);
    }

    private Set<String> withFingerprint(Fingerprint fingerprint) {
        Set<String> sealed = new LinkedHashSet<>();
        files.values().stream()
                .filter(file -> fingerprint.equals(file.fingerprint()))
                .map(KnownFile::path)
                .forEach(sealed::add);
        return sealed;
    }

    /** The named paths of which not all can be looked at, each with a part of it that cannot. */
    Map<String, String> incomplete() {
        Map<String, String> incomplete = new TreeMap<>();
        for (KnownFile file : files.values()) {
            String part = Fingerprint.unseenPart(file.fingerprint());
            if (part != null) {
                incomplete.put(KnownFile.declaredPath(file.path()), part);
            }
        }
        return incomplete;
    }

    /** The same with something else known of a path. */
    Baseline with(String path, UnaryOperator<KnownFile> change) {
        Map<String, KnownFile> changed = new TreeMap<>(files);
        changed.compute(path, (key, known) -> change.apply(known == null ? KnownFile.of(path, false, null) : known));
        return new Baseline(changed, last);
    }
}
