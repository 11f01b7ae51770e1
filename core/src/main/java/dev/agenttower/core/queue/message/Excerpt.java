package dev.agenttower.core.queue.message;

import dev.agenttower.core.text.Redaction;
import dev.agenttower.core.text.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shows the beginning of a body on one line: each line without its secrets, each run of white space as one blank, at most 240 code points and then
 * an ellipsis.
 */
public final class Excerpt {
    private static final int LIMIT = 240;
    private static final String ELLIPSIS = "…";
    private static final String UNAVAILABLE = "[excerpt unavailable: redactor failed]";
    private static final Pattern LINES = Pattern.compile("\n");
    private static final Pattern WHITE_SPACE =
            Pattern.compile("[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+");

    private Excerpt() {}

    /** The excerpt of a body; a fixed text if the body is not UTF-8 or cannot be redacted. */
    public static String of(byte[] body) {
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return UNAVAILABLE;
        }
    }

    /** The excerpt of a text; of an excerpt, itself. */
    public static String of(String text) {
        String redacted;
        try {
            redacted =
                    Arrays.stream(LINES.split(text, -1)).map(Redaction::redact).collect(Collectors.joining("\n"));
        } catch (RuntimeException | StackOverflowError e) { // The body itself must not be shown, whatever went wrong.
            return UNAVAILABLE;
        }
        String line = WHITE_SPACE.matcher(redacted).replaceAll(" ");
        return Text.length(line) <= LIMIT ? line : Text.cut(line, LIMIT) + ELLIPSIS;
    }
}
