package dev.agenttower.core.governance.change;

import java.util.List;

/** A diff that removes all old lines and adds all new ones: correct, but not minimal. */
public final class WholeTextDiff implements TextDiff {
    /** A diff. */
    public WholeTextDiff() {}

    @Override
    public String unified(String path, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<String> old = lines(before);
        List<String> now = lines(after);
        StringBuilder diff = new StringBuilder();
        diff.append("--- a/").append(path).append("\n+++ b/").append(path).append('\n');
        diff.append("@@ -").append(old.isEmpty() ? 0 : 1).append(',').append(old.size());
        diff.append(" +")
                .append(now.isEmpty() ? 0 : 1)
                .append(',')
                .append(now.size())
                .append(" @@\n");
        append(diff, '-', old, before);
        append(diff, '+', now, after);
        return diff.toString();
    }

    private static void append(StringBuilder diff, char sign, List<String> lines, String text) {
        lines.forEach(line -> diff.append(sign).append(line).append('\n'));
        if (!text.isEmpty() && !text.endsWith("\n")) {
            diff.append("\\ No newline at end of file\n");
        }
    }

    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return List.of(body.split("\n", -1));
    }
}
