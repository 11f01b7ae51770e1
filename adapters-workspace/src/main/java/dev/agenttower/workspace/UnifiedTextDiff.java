package dev.agenttower.workspace;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import dev.agenttower.core.governance.change.TextDiff;
import java.util.ArrayList;
import java.util.List;

/** Unified diffs with three lines of context. Thread-safe. */
public final class UnifiedTextDiff implements TextDiff {
    private static final int CONTEXT = 3;
    /** Marks, within the diff only, a last line without line end, which differs from the same line with one. */
    private static final String UNENDED = "\u0000";

    private static final String NOTE = "\\ No newline at end of file\n";

    /** A diff. */
    public UnifiedTextDiff() {}

    @Override
    public String unified(String path, String before, String after) {
        List<String> old = lines(before);
        Patch<String> patch = DiffUtils.diff(old, lines(after));
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

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean isEnded = text.endsWith("\n");
        String body = isEnded ? text.substring(0, text.length() - 1) : text + UNENDED;
        return new ArrayList<>(List.of(body.split("\n", -1)));
    }
}
