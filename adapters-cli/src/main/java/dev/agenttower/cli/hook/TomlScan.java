package dev.agenttower.cli.hook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pass over a TOML text, which finds its tables and the values outside of arrays. Lenient: it accepts texts that are not quite TOML. */
final class TomlScan {
    private static final int DEEPEST = 100;

    private final String text;
    private final List<TomlTable> tables = new ArrayList<>();
    private final Map<List<String>, String> values = new HashMap<>();
    private final Set<List<String>> inlineTables = new HashSet<>();
    private final Set<List<String>> arraysOfTables = new HashSet<>();
    private int at;
    private int depth;

    /**
     * Reads a text.
     *
     * @throws MalformedTomlException if it cannot be read
     */
    TomlScan(String text) {
        this.text = text;
        at = text.startsWith("\uFEFF") ? 1 : 0;
        scan();
    }

    /** The tables with headers of single brackets, in order. */
    List<TomlTable> tables() {
        return tables;
    }

    /** The values by their keys: strings as they are meant, all others as they are written. */
    Map<List<String>, String> values() {
        return values;
    }

    /** The keys of values in braces, which no header can extend. */
    Set<List<String>> inlineTables() {
        return inlineTables;
    }

    private void scan() {
        List<String> name = List.of();
        boolean isSingle = false;
        skipLines();
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                int start = text.lastIndexOf('\n', at) + 1;
                isSingle = !text.startsWith("[[", at);
                at += isSingle ? 1 : 2;
                name = keys();
                expect(isSingle ? "]" : "]]");
                endLine();
                if (isSingle) {
                    tables.add(new TomlTable(name, start, at));
                } else {
                    arraysOfTables.add(name);
                }
            } else {
                keyAndValue(name);
                endLine();
                if (isSingle) {
                    TomlTable table = tables.remove(tables.size() - 1);
                    tables.add(new TomlTable(table.name(), table.start(), at));
                }
            }
            skipLines();
        }
    }

    private void keyAndValue(List<String> table) {
        List<String> key = new ArrayList<>(table);
        key.addAll(keys());
        expect("=");
        value(List.copyOf(key));
    }

    private void value(List<String> key) {
        skipBlanks();
        switch (peek()) {
            case '"', '\'' -> put(key, string());
            case '[' -> array(key);
            case '{' -> inlineTable(key);
            default -> put(key, word());
        }
    }

    private void put(List<String> key, String value) {
        for (int i = 1; i <= key.size(); i++) {
            if (arraysOfTables.contains(key.subList(0, i))) {
                return;
            }
        }
        values.put(key, value);
    }

    private void array(List<String> key) {
        enter();
        List<String> element = new ArrayList<>(key);
        element.add("[]");
        arraysOfTables.add(List.copyOf(element));
        for (skipLines(); peek() != ']'; skipLines()) {
            value(List.copyOf(element));
            skipLines();
            if (peek() != ',' && peek() != ']') {
                throw malformed();
            }
            at += peek() == ',' ? 1 : 0;
        }
        leave();
    }

    private void inlineTable(List<String> key) {
        enter();
        inlineTables.add(key);
        for (skipLines(); peek() != '}'; skipLines()) {
            keyAndValue(key);
            skipLines();
            if (peek() != ',' && peek() != '}') {
                throw malformed();
            }
            at += peek() == ',' ? 1 : 0;
        }
        leave();
    }

    private void enter() {
        at++;
        depth++;
        if (depth > DEEPEST) {
            throw malformed();
        }
    }

    private void leave() {
        at++;
        depth--;
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        do {
            at += keys.isEmpty() ? 0 : 1;
            skipBlanks();
            char first = peek();
            keys.add(first == '"' || first == '\'' ? quoted(first) : bareKey());
            skipBlanks();
        } while (peek() == '.');
        return List.copyOf(keys);
    }

    private String bareKey() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return text.substring(start, at);
    }

    private String word() {
        int start = at;
        while (at < text.length() && ",]}#\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at).strip();
        if (word.isEmpty()) {
            throw malformed();
        }
        return word;
    }

    private String string() {
        char quote = text.charAt(at);
        String three = String.valueOf(quote).repeat(3);
        return text.startsWith(three, at) ? longString(quote, three) : quoted(quote);
    }

    private String longString(char quote, String three) {
        int start = at + 3;
        at = start;
        while (!text.startsWith(three, at)) {
            at += quote == '"' && peek() == '\\' ? 2 : 1;
            peek();
        }
        int end = at;
        at += 3;
        while (at < text.length() && text.charAt(at) == quote && at < end + 5) {
            at++;
        }
        return text.substring(start, at - 3);
    }

    private String quoted(char quote) {
        StringBuilder value = new StringBuilder(64);
        for (at++; peek() != quote; at++) {
            if (peek() == '\n') {
                throw malformed();
            }
            if (quote == '"' && peek() == '\\') {
                at++;
                escape(value);
            } else {
                value.append(peek());
            }
        }
        at++;
        return value.toString();
    }

    private void escape(StringBuilder value) {
        switch (peek()) {
            case 'b' -> value.append('\b');
            case 't' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'f' -> value.append('\f');
            case 'r' -> value.append('\r');
            case 'e' -> value.append('\u001b');
            case '"', '\\' -> value.append(peek());
            case 'x' -> codePoint(value, 2);
            case 'u' -> codePoint(value, 4);
            case 'U' -> codePoint(value, 8);
            default -> throw malformed();
        }
    }

    private void codePoint(StringBuilder value, int digits) {
        try {
            value.appendCodePoint(Integer.parseInt(text.substring(at + 1, at + 1 + digits), 16));
            at += digits;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    /** The next character. */
    private char peek() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private void expect(String sign) {
        skipBlanks();
        if (!text.startsWith(sign, at)) {
            throw malformed();
        }
        at += sign.length();
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Skips blanks, comments and ends of lines. */
    private void skipLines() {
        while (at < text.length() && " \t\r\n#".indexOf(text.charAt(at)) >= 0) {
            if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                at++;
            }
        }
    }

    /** Passes the end of the line, before which only a comment may stand. */
    private void endLine() {
        skipBlanks();
        if (at < text.length() && "\r\n#".indexOf(text.charAt(at)) < 0) {
            throw malformed();
        }
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private MalformedTomlException malformed() {
        long line = 1
                + text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new MalformedTomlException("not TOML, line " + line);
    }
}
