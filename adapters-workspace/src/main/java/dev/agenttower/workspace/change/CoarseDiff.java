package dev.agenttower.workspace.change;

/**
 * A unified diff of one hunk without context: all lines between the first and the last difference. Takes linear time, however much the
 * texts differ.
 */
final class CoarseDiff {
    private static final String NOTE = "\\ No newline at end of file\n";

    private final String before;
    private final String after;
    private int start;
    private int endBefore;
    private int endAfter;

    private CoarseDiff(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** The diff of two different texts. */
    static String of(String path, String before, String after) {
        CoarseDiff diff = new CoarseDiff(before, after);
        diff.skipCommonStart();
        diff.skipCommonEnd();
        return diff.text(path);
    }

    private void skipCommonStart() {
        int most = Math.min(before.length(), after.length());
        for (int i = 0; i < most && before.charAt(i) == after.charAt(i); i++) {
            if (before.charAt(i) == '\n') {
                start = i + 1;
            }
        }
    }

    private void skipCommonEnd() {
        endBefore = before.length();
        endAfter = after.length();
        int b = endBefore;
        int a = endAfter;
        while (b > start && a > start && before.charAt(b - 1) == after.charAt(a - 1)) {
            b--;
            a--;
            if (isLineStart(before, b) && isLineStart(after, a)) {
                endBefore = b;
                endAfter = a;
            }
        }
    }

    private boolean isLineStart(String text, int at) {
        return at == start || text.charAt(at - 1) == '\n';
    }

    private String text(String path) {
        int above = lines(before, 0, start);
        int removed = lines(before, start, endBefore);
        int added = lines(after, start, endAfter);
        StringBuilder text = new StringBuilder(2 * (endBefore - start + endAfter - start) + path.length());
        text.append("--- a/").append(path).append("\n+++ b/").append(path).append("\n@@ -");
        text.append(removed == 0 ? above : above + 1)
                .append(',')
                .append(removed)
                .append(" +");
        text.append(added == 0 ? above : above + 1).append(',').append(added).append(" @@\n");
        append(text, '-', before, endBefore);
        append(text, '+', after, endAfter);
        return text.toString();
    }

    private static int lines(String text, int from, int to) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                lines++;
            }
        }
        return to > from && text.charAt(to - 1) != '\n' ? lines + 1 : lines;
    }

    private void append(StringBuilder diff, char sign, String text, int end) {
        for (int line = start; line < end; ) {
            int lineEnd = text.indexOf('\n', line);
            boolean isEnded = lineEnd >= 0 && lineEnd < end;
            int next = isEnded ? lineEnd + 1 : end;
            diff.append(sign).append(text, line, isEnded ? lineEnd : end).append('\n');
            if (!isEnded) {
                diff.append(NOTE);
            }
            line = next;
        }
    }
}
