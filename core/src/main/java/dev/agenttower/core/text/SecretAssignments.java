package dev.agenttower.core.text;

import java.util.List;

/**
 * Replaces the values of secrets in assignments anywhere in a line: {@code export DB_PASSWORD=value}, {@code api_key = "value"},
 * {@code "token": "value"}. The last word of the name tells that its value is a secret, in any case. In one pass.
 *
 * <p>A value in quotes ends with them, any other one at a blank or a character that ends a word in shells. Short values and references
 * such as {@code $NAME} are no secrets. Without quotes, the value of a name in lower case needs a digit, because code is full of
 * {@code token=token}, and behind a colon or a blank nothing counts, because prose has these, too.
 */
final class SecretAssignments {
    private static final String REPLACEMENT = "<redacted:env-secret>";
    private static final List<String> NAMES = List.of(
            "api_key",
            "apikey",
            "api-key",
            "_auth",
            "access_key",
            "secret_key",
            "private_key",
            "token",
            "secret",
            "password",
            "passwd",
            "passphrase");
    private static final String QUOTES = "\"'`";
    private static final String ENDS = QUOTES + " \t\r,;&|<>(){}[]";
    private static final int SHORTEST_OF_VARIABLE = 4;
    private static final int SHORTEST = 6;

    private SecretAssignments() {}

    static String redact(String line) {
        StringBuilder redacted = null;
        int from = 0;
        int next = 0;
        int equals = -1;
        int colon = -1;
        while (true) {
            // Each is searched again only once it lies behind, so that the search stays linear.
            equals = equals < next ? indexOf(line, '=', next) : equals;
            colon = colon < next ? indexOf(line, ':', next) : colon;
            int at = Math.min(equals, colon);
            if (at == line.length()) {
                break;
            }
            next = at + 1;
            int begin = overQuote(line, at + 1);
            boolean isQuoted = begin > at + 1;
            if (line.charAt(at) == ':' && !isQuoted) {
                continue;
            }
            int nameEnd = backOver(line, at);
            if (!isSecret(line, nameEnd)) {
                continue;
            }
            int end = isQuoted ? quoted(line, begin) : word(line, begin);
            boolean isVariable = nameEnd == at && Character.isUpperCase(line.charAt(nameEnd - 1));
            boolean isLong = end - begin >= (isVariable ? SHORTEST_OF_VARIABLE : SHORTEST);
            if (isLong && (isQuoted || isVariable || hasDigit(line, begin, end)) && isValue(line, begin)) {
                redacted = redacted == null ? new StringBuilder(line.length()) : redacted;
                redacted.append(line, from, begin).append(REPLACEMENT);
                from = end;
            }
            next = Math.max(next, end);
        }
        return redacted == null
                ? line
                : redacted.append(line, from, line.length()).toString();
    }

    private static int indexOf(String line, char separator, int from) {
        int found = line.indexOf(separator, from);
        return found < 0 ? line.length() : found;
    }

    /** The end of a name before a separator, from which a blank and a quote may part it. */
    private static int backOver(String line, int separator) {
        int end = separator;
        if (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        if (end > 0 && QUOTES.indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return end;
    }

    private static boolean isSecret(String line, int nameEnd) {
        for (String name : NAMES) {
            if (line.regionMatches(true, nameEnd - name.length(), name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    /** The begin of a value behind a separator: behind a blank and a quote, if they are there. */
    private static int overQuote(String line, int from) {
        int begin = from;
        if (begin < line.length() && line.charAt(begin) == ' ') {
            begin++;
        }
        int quote = begin < line.length() && line.charAt(begin) == '\\' ? begin + 1 : begin;
        return quote < line.length() && QUOTES.indexOf(line.charAt(quote)) >= 0 ? quote + 1 : from;
    }

    private static int quoted(String line, int begin) {
        int end = line.indexOf(line.charAt(begin - 1), begin);
        if (end < 0) {
            return line.length();
        }
        return line.charAt(end - 1) == '\\' ? end - 1 : end;
    }

    private static int word(String line, int begin) {
        int end = begin;
        while (end < line.length() && ENDS.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean hasDigit(String line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line.charAt(i) >= '0' && line.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean isValue(String line, int begin) {
        return line.charAt(begin) != '$' && !line.startsWith("<redacted:", begin);
    }
}
