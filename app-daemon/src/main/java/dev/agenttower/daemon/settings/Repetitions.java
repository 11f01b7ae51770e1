package dev.agenttower.daemon.settings;

/**
 * Counts how often a pattern repeats its parts: {@code (a{10}){20}} repeats {@code a} 200 times, and a compiled pattern holds each of
 * them. RE2 refuses more than {@value #MOST}; its port to Java checks single counts only.
 */
final class Repetitions {
    /** The most copies of one part. */
    static final int MOST = 1000;

    private final String pattern;
    private int at;

    private Repetitions(String pattern) {
        this.pattern = pattern;
    }

    /** The highest number of copies of one part of a pattern; at most a little more than the limit times itself. */
    static long of(String pattern) {
        var counted = new Repetitions(pattern);
        long most = 1;
        // an excess of closing parentheses is refused by the compiler
        while (counted.at < pattern.length()) {
            most = Math.max(most, counted.group());
        }
        return most;
    }

    /** The copies in what is before the closing parenthesis, which is passed. */
    private long group() {
        long most = 1;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == ')') {
                return most;
            }
            most = Math.max(most, repeated(atom(c)));
        }
        return most;
    }

    private long atom(char c) {
        switch (c) {
            case '(' -> {
                return group();
            }
            case '[' -> skipClass();
            case '\\' -> skipEscape();
            default -> {}
        }
        return 1;
    }

    private long repeated(long copies) {
        long all = copies;
        // a{2}{3} is refused by the compiler, so one count follows at the most
        if (at < pattern.length() && pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            String counts = end < 0 ? "" : pattern.substring(at + 1, end);
            if (counts.matches("\\d{1,4}(,\\d{0,4})?")) {
                for (String count : counts.split(",", -1)) {
                    all = Math.max(all, copies * (count.isEmpty() ? 1 : Long.parseLong(count)));
                }
                at = end + 1;
            }
        }
        return Math.min(all, (long) MOST * MOST);
    }

    private void skipClass() {
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        // a bracket at the beginning stands for itself
        for (int begin = at; at < pattern.length() && (pattern.charAt(at) != ']' || at == begin); at++) {
            if (pattern.charAt(at) == '\\') {
                at++;
            } else if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
                at = pattern.indexOf(":]", at) + 1;
            }
        }
        at++;
    }

    private void skipEscape() {
        if (at >= pattern.length()) {
            return;
        }
        char kind = pattern.charAt(at++);
        String end = kind == 'Q' ? "\\E" : "xpP".indexOf(kind) >= 0 && pattern.startsWith("{", at) ? "}" : "";
        int found = pattern.indexOf(end, at);
        at = found < 0 ? pattern.length() : found + end.length();
    }
}
