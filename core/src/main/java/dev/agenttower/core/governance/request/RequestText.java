package dev.agenttower.core.governance.request;

import java.util.stream.Collectors;

/**
 * Escapes free text for the document of requests, so that it cannot be parsed as the structure of the document.
 *
 * <p>A rule of dashes, a heading, or a bold field at the beginning of a line is escaped with a backslash, as in Markdown, and unescaped when
 * read.
 */
final class RequestText {
    private static final String ESCAPED = "\\#*-";

    private RequestText() {}

    /** One line: line ends and tabs become blanks, other control characters and leading and trailing blanks are removed. */
    static String line(String text) {
        return normal(text).replace('\n', ' ').replace('\t', ' ').strip();
    }

    /** Every kind of line end becomes LF; control characters except TAB, and leading and trailing white space, are removed. */
    static String normal(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            if (isLineEnd(c)) {
                clean.append('\n');
            } else if (c == '\t' || !Character.isISOControl(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }

    /** Escapes a text for the document. */
    static String escaped(String text) {
        return text.lines().map(RequestText::escapedLine).collect(Collectors.joining("\n"));
    }

    /** Unescapes a text of the document. */
    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean isEscape =
                    text.charAt(i) == '\\' && i + 1 < text.length() && ESCAPED.indexOf(text.charAt(i + 1)) >= 0;
            plain.append(text.charAt(isEscape ? ++i : i));
        }
        return plain.toString();
    }

    private static String escapedLine(String line) {
        StringBuilder safe = new StringBuilder(line.length() + 8);
        String content = line.strip();
        boolean isRule = !content.isEmpty() && content.chars().allMatch(c -> c == '-');
        int firstStar = content.startsWith("**") ? line.indexOf('*') : -1;
        int firstDash = isRule ? line.indexOf('-') : -1;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean isHeading = c == '#' && (isAt(line, i - 1, '#') || isAt(line, i + 1, '#'));
            boolean isAmbiguous = c == '\\' && i + 1 < line.length() && ESCAPED.indexOf(line.charAt(i + 1)) >= 0;
            if (isHeading || isAmbiguous || i == firstStar || i == firstDash) {
                safe.append('\\');
            }
            safe.append(c);
        }
        return safe.toString();
    }

    private static boolean isAt(String line, int index, char c) {
        return index >= 0 && index < line.length() && line.charAt(index) == c;
    }

    private static boolean isLineEnd(int c) {
        return c == '\n'
                || c == '\r'
                || c == 0x0b
                || c == 0x0c
                || c == 0x85
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x1c && c <= 0x1e);
    }
}
