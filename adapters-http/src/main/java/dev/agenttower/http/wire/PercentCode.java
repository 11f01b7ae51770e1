package dev.agenttower.http.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The percent encoding of texts in UTF-8. */
public final class PercentCode {
    private static final int ESCAPE_LENGTH = 3;

    private PercentCode() {}

    /**
     * Decodes a text.
     *
     * @param text a text from the head of a request, one character for each byte
     * @return the text; empty if an escape is malformed, or the result is not UTF-8
     */
    public static Optional<String> decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '%') {
                bytes.write(c);
                at++;
                continue;
            }
            int code = at + ESCAPE_LENGTH <= text.length() ? escape(text.charAt(at + 1), text.charAt(at + 2)) : -1;
            if (code < 0) {
                return Optional.empty();
            }
            bytes.write(code);
            at += ESCAPE_LENGTH;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int escape(char first, char second) {
        int high = Character.digit(first, 16);
        int low = Character.digit(second, 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
