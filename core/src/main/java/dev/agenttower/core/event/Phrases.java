package dev.agenttower.core.event;

import java.util.List;

/**
 * Finds phrases in a record, in time proportional to it. A word is of letters and digits of any script and the underscore; white space is that
 * of Unicode and the separators U+001C to U+001F.
 */
final class Phrases {
    private final List<String> phrases;
    private final boolean ignoresCase;
    /** A bit for each first character, modulo 64. */
    private final long initials;

    private Phrases(List<String> phrases, boolean ignoresCase) {
        this.phrases = phrases;
        this.ignoresCase = ignoresCase;
        this.initials =
                phrases.stream().mapToLong(phrase -> 1L << phrase.charAt(0)).reduce(0, (a, b) -> a | b);
    }

    static Phrases of(String... phrases) {
        return new Phrases(List.of(phrases), false);
    }

    /** Phrases in lower case that begin with two letters of ASCII other than k and s, which Unicode has twice. */
    static Phrases ignoringCase(String... phrases) {
        return new Phrases(List.of(phrases), true);
    }

    /** Whether one of the phrases stands at the beginning or after white space, and no word goes on behind it. */
    boolean startWordOf(String record) {
        int at = 0;
        while (at < record.length() - 1) {
            if (oneBegins(record, at)) {
                return true;
            }
            while (at < record.length() && !isSpace(record.charAt(at))) {
                at++;
            }
            at++;
        }
        return false;
    }

    /** Two letters tell most words apart without the cost of a comparison. */
    private boolean oneBegins(String record, int at) {
        int toLowerCase = ignoresCase ? 0x20 : 0;
        int first = record.charAt(at) | toLowerCase;
        if ((initials & 1L << first) == 0) {
            return false;
        }
        int second = record.charAt(at + 1) | toLowerCase;
        for (String phrase : phrases) {
            if (first == phrase.charAt(0)
                    && second == phrase.charAt(1)
                    && record.regionMatches(ignoresCase, at, phrase, 0, phrase.length())
                    && isBorder(record, at + phrase.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the phrases, each of words, stands there as whole words. */
    boolean areWordsOf(String record) {
        for (String phrase : phrases) {
            for (int at = record.indexOf(phrase); at >= 0; at = record.indexOf(phrase, at + 1)) {
                if (isBorder(record, at) && isBorder(record, at + phrase.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The index behind the last character that is no white space. */
    static int trimmedLength(String record) {
        int end = record.length();
        while (end > 0 && isSpace(record.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    static boolean isSpace(char c) {
        return c <= 0x20 ? c >= 0x1c || (c >= 0x09 && c <= 0x0d) : c >= 0x85 && isSpaceBeyondAscii(c);
    }

    private static boolean isSpaceBeyondAscii(char c) {
        return c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** Whether a word begins or ends at this index; a phrase of words stands on one side, or ends in a sign. */
    private static boolean isBorder(String record, int at) {
        boolean before = at > 0 && isWord(record.codePointBefore(at));
        boolean after = at < record.length() && isWord(record.codePointAt(at));
        return !before || !after;
    }

    private static boolean isWord(int c) {
        return c == '_'
                || switch (Character.getType(c)) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.TITLECASE_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }
}
