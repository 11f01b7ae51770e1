package dev.agenttower.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Suggestions for a mistyped word.
 *
 * <p>picocli's own suggestions are too many: it suggests any word with two letters in common.
 */
final class SimilarWords {
    private static final int MOST = 3;
    private static final int LETTERS_PER_MISTAKE = 3;

    private SimilarWords() {}

    /** The words that begin with the given one or differ from it in few letters, the closest first; at most three. */
    static List<String> of(String given, Collection<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(given) || distance(given, word) <= given.length() / LETTERS_PER_MISTAKE)
                .sorted(Comparator.comparingInt(word -> distance(given, word)))
                .limit(MOST)
                .toList();
    }

    /** The number of letters to insert, remove, replace or swap with their neighbour to get from one word to the other. */
    private static int distance(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                distance[i][j] = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], 1 + distance[i - 2][j - 2]);
                }
            }
        }
        return distance[from.length()][to.length()];
    }
}
