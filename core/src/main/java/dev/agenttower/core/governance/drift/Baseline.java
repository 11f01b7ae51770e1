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
 * The last known state of the sovereign files of one project.
 *
 * @param files the known files, by path
 * @param last the last reported drift; null for none
 */
public record Baseline(
        Map<String, KnownFile> files, @Nullable ReportedDrift last) {
    /** Copies the files, ordered by path. */
    public Baseline {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** The baseline of some files. */
    public static Baseline of(Collection<KnownFile> files, @Nullable ReportedDrift last) {
        Map<String, KnownFile> byPath = new TreeMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return new Baseline(byPath, last);
    }

    /** The paths that the policy declared. */
    Set<String> declared() {
        Set<String> declared = new LinkedHashSet<>();
        files.values().stream()
                .filter(KnownFile::isDeclared)
                .map(KnownFile::path)
                .forEach(declared::add);
        return declared;
    }

    /** The directories that hold more files than are checked. */
    Set<String> overfull() {
        return withFingerprint(Fingerprint.OVERFULL);
    }

    /** The paths that could never be read. */
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

    /** The declared paths that cannot be read completely, each with an unreadable part. */
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

    /** A copy with one path changed. */
    Baseline with(String path, UnaryOperator<KnownFile> change) {
        Map<String, KnownFile> changed = new TreeMap<>(files);
        changed.compute(path, (key, known) -> change.apply(known == null ? KnownFile.of(path, false, null) : known));
        return new Baseline(changed, last);
    }
}
