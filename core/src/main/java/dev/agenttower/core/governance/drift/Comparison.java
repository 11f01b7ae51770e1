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
    /** What is known of files that were never looked at before. */
    static Baseline first(Collection<String> declared, Sight sight) {
        return of(Baseline.of(List.of(), null), declared, sight, Noticed.START, path -> true)
                .baseline();
    }

    /**
     * Compares. A file that is sovereign only now is taken as it is, as soon as all of it is known. A file that an authorized change is under way
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
        List<Drift> drifts = new ArrayList<>();
        Map<String, KnownFile> files = new TreeMap<>();
        Set<String> paths = new TreeSet<>(after);
        paths.addAll(base.files().keySet());
        paths.addAll(sight.files().keySet());
        for (String path : paths) {
            KnownFile known = base.files().getOrDefault(path, KnownFile.of(path, false, null));
            boolean isUnderWay = known.expected() != null && !isOver.test(path);
            boolean isComparable = sight.isKnown(path) && !isUnderWay;
            @Nullable Seal found = isComparable ? sight.files().get(path) : known.seal();
            if (!Objects.equals(known.seal(), found) && !known.isExpecting(found) && isCovered(path, before)) {
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

    private static boolean isCovered(String path, Set<String> declared) {
        return declared.stream().anyMatch(one -> PathText.isAtOrAbove(one, path));
    }
}
