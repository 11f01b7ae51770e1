package dev.agenttower.core.text;

/** Texts as words of a POSIX shell. */
public final class ShellWords {
    private static final String PLAIN_SIGNS = "_@%+=:,./-";

    private ShellWords() {}

    /** The text as one word: unchanged if it has only letters, digits and {@code _@%+=:,./-}, else in single quotes. */
    public static String quoted(String text) {
        return !text.isEmpty() && text.chars().allMatch(ShellWords::isPlain)
                ? text
                : "'" + text.replace("'", "'\"'\"'") + "'";
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PLAIN_SIGNS.indexOf(c) >= 0;
    }
}
