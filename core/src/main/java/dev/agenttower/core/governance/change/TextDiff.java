package dev.agenttower.core.governance.change;

/** Computes unified diffs. */
@FunctionalInterface
public interface TextDiff {
    /**
     * A unified diff, each line ended by LF; empty when the texts are equal. An implementation must name the file {@code a/path} before and
     * {@code b/path} after, and must mark a missing line end at the end of a text.
     */
    String unified(String path, String before, String after);
}
