package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.PathText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The differences between a baseline and a snapshot.
 *
 * @param drifts the unauthorized differences, by path
 * @param baseline the new baseline
 */
record Comparison(List<Drift> drifts, Baseline baseline) {
    /**
     * Compares a baseline with a snapshot. A path that is compared for the first time, or has just become sovereign, is recorded without a
     * drift. An overfull directory and a sovereign path with an unreadable part are reported once. A file with an authorized change in progress
     * is skipped until the change is over, because it may be partly written.
     *
     * @param declared the paths that the policy declares now
     * @param isOver whether no authorized change of a path is in progress any more
     */
    static Comparison of(
            Baseline base,
            Collection<String> declared,
            FileSnapshot snapshot,
            DetectedBy noticed,
            Predicate<String> isOver) {
        Set<String> before = base.declared();
        Set<String> after = new TreeSet<>(declared);
        Set<String> overfull = base.overfull();
        Set<String> unseen = base.unseen();
        List<Drift> drifts = new ArrayList<>();
        Map<String, KnownFile> files = new TreeMap<>();
        Set<String> paths = new TreeSet<>(after);
        paths.addAll(base.files().keySet());
        paths.addAll(snapshot.files().keySet());
        paths.addAll(snapshot.unknown());
        base.incomplete().keySet().forEach(path -> paths.remove(KnownFile.incompletePath(path)));
        for (String path : paths) {
            KnownFile known = base.files().getOrDefault(path, KnownFile.of(path, false, null));
            boolean isUnderWay = known.expected() != null && !isOver.test(path);
            boolean isComparable = snapshot.isKnown(path) && !isUnderWay;
            boolean isOverfull = snapshot.overfull().contains(path);
            boolean isNew = !isCovered(path, before) || isFirstSeen(known, overfull, unseen);
            @Nullable Fingerprint found = isOverfull
                    ? Fingerprint.OVERFULL
                    : isComparable ? snapshot.files().get(path) : known.fingerprint();
            if (found == null && !snapshot.isKnown(path) && isNew) {
                found = Fingerprint.UNSEEN;
            }
            boolean isNews = isOverfull || !isNew;
            if (!Objects.equals(known.fingerprint(), found) && !known.isExpecting(found) && isNews) {
                drifts.add(new Drift(path, known.fingerprint(), found, noticed));
            }
            @Nullable String expected = isUnderWay ? known.expected() : null;
            boolean isDeclared = after.contains(path);
            if (isDeclared || (isCovered(path, after) && (found != null || expected != null))) {
                files.put(path, new KnownFile(path, isDeclared, found, expected, null));
            }
        }
        noteIncomplete(base, after, snapshot, noticed, drifts, files);
        return new Comparison(List.copyOf(drifts), new Baseline(files, base.last()));
    }

    private static void noteIncomplete(
            Baseline base,
            Set<String> declared,
            FileSnapshot snapshot,
            DetectedBy noticed,
            List<Drift> drifts,
            Map<String, KnownFile> files) {
        Set<String> before = base.incomplete().keySet();
        for (String path : declared) {
            String part = snapshot.unknownPart(path);
            if (part != null) {
                String kept = KnownFile.incompletePath(path);
                files.put(kept, KnownFile.of(kept, false, Fingerprint.incomplete(part)));
                if (!before.contains(path)) {
                    drifts.add(new Drift(kept, null, Fingerprint.incomplete(part), noticed));
                }
            }
        }
    }

    /**
     * Whether a path becomes readable for the first time: it is below a directory that was overfull, or at or below a path that could never be
     * read, and had no fingerprint; or it is such a directory or path itself.
     */
    private static boolean isFirstSeen(KnownFile known, Set<String> overfull, Set<String> unseen) {
        return Fingerprint.OVERFULL.equals(known.fingerprint())
                || Fingerprint.UNSEEN.equals(known.fingerprint())
                || (known.fingerprint() == null
                        && (PathText.isAtOrBelowAny(known.path(), unseen)
                                || overfull.stream().anyMatch(full -> PathText.isAbove(full, known.path()))));
    }

    private static boolean isCovered(String path, Set<String> declared) {
        return declared.stream().anyMatch(one -> PathText.isAtOrAbove(one, path));
    }
}
