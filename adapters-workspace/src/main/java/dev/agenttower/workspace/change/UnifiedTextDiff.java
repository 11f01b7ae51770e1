package dev.agenttower.workspace.change;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.patch.Patch;
import dev.agenttower.core.governance.change.TextDiff;
import java.util.ArrayList;
import java.util.List;

/** Unified diffs with three lines of context; for texts that differ widely, a {@link CoarseDiff}. Thread-safe. */
public final class UnifiedTextDiff implements TextDiff {
    private static final int CONTEXT = 3;
    /** The largest number of differing lines in a fine diff. */
    private static final int MOST_STEPS = 1000;

    private static final int MOST_LINES = 100_000;
    /** Marks a last line without a line end inside the diff algorithm, so that it differs from the same line with one. */
    private static final String UNENDED = "\u0000";

    private static final String NOTE = "\\ No newline at end of file\n";

    /** A diff. */
    public UnifiedTextDiff() {}

    @Override
    public String unified(String path, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        if (before.chars().filter(c -> c == '\n').count()
                        + after.chars().filter(c -> c == '\n').count()
                > MOST_LINES) {
            return CoarseDiff.of(path, before, after);
        }
        try {
            return fine(path, before, after);
        } catch (TooManyStepsException e) {
            return CoarseDiff.of(path, before, after);
        }
    }

    private static String fine(String path, String before, String after) {
        List<String> old = lines(before);
        Patch<String> patch = DiffUtils.diff(old, lines(after), new FewSteps());
        if (patch.getDeltas().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String line : UnifiedDiffUtils.generateUnifiedDiff("a/" + path, "b/" + path, old, patch, CONTEXT)) {
            boolean isUnended = line.endsWith(UNENDED);
            text.append(isUnended ? line.substring(0, line.length() - 1) : line).append('\n');
            if (isUnended) {
                text.append(NOTE);
            }
        }
        return text.toString();
    }

    /** Aborts the diff of widely different texts: time and memory grow with the square of the steps. */
    private static final class FewSteps implements DiffAlgorithmListener {
        @Override
        public void diffStart() {
            // not needed
        }

        @Override
        public void diffStep(int value, int max) {
            if (value > MOST_STEPS) {
                throw new TooManyStepsException();
            }
        }

        @Override
        public void diffEnd() {
            // not needed
        }
    }

    private static final class TooManyStepsException extends RuntimeException {
        TooManyStepsException() {
            super(null, null, false, false);
        }
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean isEnded = text.endsWith("\n");
        String body = isEnded ? text.substring(0, text.length() - 1) : text + UNENDED;
        return new ArrayList<>(List.of(body.split("\n", -1)));
    }
}
