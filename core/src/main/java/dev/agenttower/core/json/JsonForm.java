package dev.agenttower.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON trees in the text forms that project files have: ASCII only, every other character as {@code \}{@code uXXXX} in lower case.
 *
 * <p>Integers are written with all their digits, a {@link JsonNumber} with its characters, doubles in their shortest form that reads back as the
 * same double, with at least {@code .0}. Values that strict parsers reject are never written: an unpaired surrogate becomes U+FFFD, and
 * {@code NaN} or an infinity is an {@code IllegalArgumentException}. Only the canonical form keeps both, because ledgers of other programs may
 * contain them under a hash.
 */
public final class JsonForm {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;
    private final boolean sorted;
    private final String indent;

    private JsonForm(StringBuilder out, boolean sorted, String indent) {
        this.out = out;
        this.sorted = sorted;
        this.indent = indent;
    }

    /** One line with keys sorted by code point at every level, and {@code ", "} and {@code ": "} between: the form that is hashed. */
    public static String canonical(@Nullable Object tree) {
        StringBuilder out = new StringBuilder(512);
        appendCanonical(out, tree);
        return out.toString();
    }

    /** Appends {@link #canonical(Object)} of a tree. */
    public static void appendCanonical(StringBuilder out, @Nullable Object tree) {
        new JsonForm(out, true, "").value(tree, 0, null);
    }

    /** Appends {@link #canonical(Object)} of an object as if it did not have {@code key} at its top level. */
    public static void appendCanonicalWithout(StringBuilder out, Map<?, ?> object, String key) {
        new JsonForm(out, true, "").object(object, 0, key);
    }

    /** One line in the order of the keys, with {@code ", "} and {@code ": "} between. */
    public static String line(@Nullable Object tree) {
        StringBuilder out = new StringBuilder(512);
        new JsonForm(out, false, "").value(tree, 0, null);
        return out.toString();
    }

    /** Indented by two blanks for each level, in the order of the keys, with LF between lines and none at the end. */
    public static String pretty(@Nullable Object tree) {
        StringBuilder out = new StringBuilder(1024);
        new JsonForm(out, false, "  ").value(tree, 0, null);
        return out.toString();
    }

    /** The text of a number as {@link #canonical(Object)} has it. */
    public static String number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return ShortestDouble.text(number.doubleValue());
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.toString().replace('E', 'e');
        }
        if (number instanceof JsonNumber
                || number instanceof Long
                || number instanceof Integer
                || number instanceof BigInteger
                || number instanceof Short
                || number instanceof Byte) {
            return number.toString();
        }
        throw new IllegalArgumentException("no JSON number: " + number.getClass());
    }

    private void value(@Nullable Object value, int depth, @Nullable String without) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Map<?, ?> map) {
            object(map, depth, without);
        } else if (value instanceof List<?> list) {
            array(list, depth);
        } else if (value instanceof Number number) {
            if (!sorted && !Double.isFinite(number.doubleValue()) && !(number instanceof BigInteger)) {
                throw new IllegalArgumentException("no JSON number: " + number);
            }
            out.append(number(number));
        } else if (value instanceof Boolean) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> map, int depth, @Nullable String without) {
        out.append('{');
        boolean first = true;
        for (String key : keys(map)) {
            if (key.equals(without)) {
                continue;
            }
            separate(first, depth + 1);
            first = false;
            string(key);
            out.append(": ");
            value(map.get(key), depth + 1, null);
        }
        close(first, depth, '}');
    }

    private String[] keys(Map<?, ?> map) {
        String[] keys = new String[map.size()];
        int count = 0;
        for (Object key : map.keySet()) {
            keys[count++] = (String) key;
        }
        if (sorted) {
            Arrays.sort(keys, JsonForm::compareByCodePoint);
        }
        return keys;
    }

    private void array(List<?> list, int depth) {
        out.append('[');
        boolean first = true;
        for (Iterator<?> items = list.iterator(); items.hasNext(); first = false) {
            separate(first, depth + 1);
            value(items.next(), depth + 1, null);
        }
        close(first, depth, ']');
    }

    private void separate(boolean first, int depth) {
        if (indent.isEmpty()) {
            if (!first) {
                out.append(", ");
            }
        } else {
            out.append(first ? "\n" : ",\n").append(indent.repeat(depth));
        }
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty && !indent.isEmpty()) {
            out.append('\n').append(indent.repeat(depth));
        }
        out.append(bracket);
    }

    private void string(String text) {
        out.append('"');
        int plain = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, plain, i);
            escape(!sorted && Surrogates.isHalf(text, i) ? '\ufffd' : c);
            plain = i + 1;
        }
        out.append(text, plain, length).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[(c >> 8) & 15])
                        .append(HEX[(c >> 4) & 15])
                        .append(HEX[c & 15]);
        }
    }

    /** Differs from the order of {@link String#compareTo} where a surrogate meets a character above the surrogates. */
    private static int compareByCodePoint(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xAstral = Character.isSurrogate(x);
                return xAstral == Character.isSurrogate(y) ? Character.compare(x, y) : xAstral ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
