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
 * What differs between what was known and what is there.
 *
 * @param drifts the differences that nobody authorized, by path
 * @param baseline what is known from now on
 */
record Comparison(List<Drift> drifts, Baseline baseline) {
    /**
     * Compares. What was never compared before is only noted, and so is a file that is sovereign only now, as soon as all of it is known. A
     * directory that holds more than is looked at is told once. A file that an authorized change is under way
     * of is left out until that is over: meanwhile it may be there in part.
     *
     * @param declared the paths that the policy names now
     * @param isOver whether no authorized change of a path is under way any more
     */
    static Comparison of(
            Baseline base, Collection<String> declared, Sight sight, Noticed noticed, Predicate<String> isOver) {
        Set<String> before = base.declared();
        Set<String> after = new TreeSet<>(declared);
        after.removeIf(path -> !before.contains(path) && !sight.isWhole(path));
        Set<String> overfull = base.overfull();
        List<Drift> drifts = new ArrayList<>();
        Map<String, KnownFile> files = new TreeMap<>();
        Set<String> paths = new TreeSet<>(after);
        paths.addAll(base.files().keySet());
        paths.addAll(sight.files().keySet());
        for (String path : paths) {
            KnownFile known = base.files().getOrDefault(path, KnownFile.of(path, false, null));
            boolean isUnderWay = known.expected() != null && !isOver.test(path);
            boolean isComparable = sight.isKnown(path) && !isUnderWay;
            boolean isOverfull = sight.overfull().contains(path);
            @Nullable Seal found =
                    isOverfull ? Seal.OVERFULL : isComparable ? sight.files().get(path) : known.seal();
            boolean isNews = isOverfull || (isCovered(path, before) && !isFirstSeen(known, overfull));
            if (!Objects.equals(known.seal(), found) && !known.isExpecting(found) && isNews) {
                drifts.add(new Drift(path, known.seal(), found, noticed));
            }
            @Nullable String expected = isUnderWay ? known.expected() : null;
            boolean isDeclared = after.contains(path);
            if (isDeclared || (isCovered(path, after) && (found != null || expected != null))) {
                files.put(path, new KnownFile(path, isDeclared, found, expected, null));
            }
        }
        return new Comparison(List.copyOf(drifts), new Baseline(files, base.last()));
    }

    /** What lay below a directory that held too much is taken as it is found, unless it was known before; and so is that it holds less again. */
    private static boolean isFirstSeen(KnownFile known, Set<String> overfull) {
        return Seal.OVERFULL.equals(known.seal())
                || (known.seal() == null && overfull.stream().anyMatch(full -> PathText.isAbove(full, known.path())));
    }

    private static boolean isCovered(String path, Set<String> declared) {
        return declared.stream().anyMatch(one -> PathText.isAtOrAbove(one, path));
    }
}
