package dev.agenttower.core.governance.hook.shell;

import java.util.Set;

/**
 * A word of a command after the removal of quotes.
 *
 * @param text the word, with a home at its begin as {@code ~}; if it is not exact, only what stands before its first expansion
 * @param isExact whether the text is all of the word: it holds no variable, pattern or substitution
 * @param isQuoted whether a part of it was quoted
 */
record ShellWord(String text, boolean isExact, boolean isQuoted) {
    private static final Set<String> RESERVED =
            Set.of("!", "{", "}", "if", "then", "elif", "else", "while", "until", "do", "coproc");

    /** An unquoted word that is known. */
    static ShellWord exact(String text) {
        return new ShellWord(text, true, false);
    }

    /** Whether it is exactly this text. */
    boolean is(String other) {
        return isExact && text.equals(other);
    }

    /** Whether it stands before the name of a command. */
    boolean isReserved() {
        return isExact && !isQuoted && RESERVED.contains(text);
    }

    /** Whether it is an option: it begins with a dash, and is more than one. */
    boolean isOption() {
        return text.length() > 1 && text.charAt(0) == '-';
    }

    /** What stands behind its first {@code count} characters. */
    ShellWord from(int count) {
        return new ShellWord(text.substring(count), isExact, isQuoted);
    }
}
