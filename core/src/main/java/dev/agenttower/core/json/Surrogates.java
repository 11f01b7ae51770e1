package dev.agenttower.core.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds and replaces unpaired surrogates, which UTF-8 cannot encode and strict JSON parsers reject, even as an escape. */
public final class Surrogates {
    private static final char REPLACEMENT = '\ufffd';
    private static final int ESCAPE_LENGTH = 6;

    private Surrogates() {}

    /** Whether no text and no key of a tree contains an unpaired surrogate. */
    public static boolean arePaired(@Nullable Object tree) {
        if (tree instanceof String text) {
            return firstHalf(text, 0) < 0;
        }
        if (tree instanceof Map<?, ?> map) {
            return map.entrySet().stream().allMatch(entry -> arePaired(entry.getKey()) && arePaired(entry.getValue()));
        }
        return !(tree instanceof List<?> list) || list.stream().allMatch(Surrogates::arePaired);
    }

    /** The text with each unpaired surrogate replaced by U+FFFD. */
    public static String mended(String text) {
        int half = firstHalf(text, 0);
        if (half < 0) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        for (; half >= 0; half = firstHalf(text, half + 1)) {
            mended.setCharAt(half, REPLACEMENT);
        }
        return mended.toString();
    }

    /** Whether the character at an index is an unpaired surrogate. */
    static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static int firstHalf(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isHalf(text, i)) {
                return i;
            }
        }
        return -1;
    }

    /** Replaces each escaped unpaired surrogate by the escape of U+FFFD, in place. The JSON must be ASCII. */
    public static byte[] mend(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] != '\\') {
                continue;
            }
            int code = escaped(json, i);
            if (code < 0) {
                i++; // the character that is escaped
            } else if (Character.isHighSurrogate((char) code) && isLow(escaped(json, i + ESCAPE_LENGTH))) {
                i += 2 * ESCAPE_LENGTH - 1;
            } else {
                if (Character.isSurrogate((char) code)) {
                    json[i + 2] = 'F';
                    json[i + 3] = 'F';
                    json[i + 4] = 'F';
                    json[i + 5] = 'D';
                }
                i += ESCAPE_LENGTH - 1;
            }
        }
        return json;
    }

    private static boolean isLow(int code) {
        return code >= 0 && Character.isLowSurrogate((char) code);
    }

    /** The character of a {@code u} escape at an index; negative if there is none. */
    private static int escaped(byte[] json, int at) {
        if (at + ESCAPE_LENGTH > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int code = 0;
        for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
            code = code << 4 | Character.digit(json[i], 16);
        }
        return code;
    }
}
