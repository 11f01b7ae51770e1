package dev.agenttower.core.json;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Extracts the problem from the message of a JSON parser, without the parser's settings and source locations. */
public final class ParserWords {
    private static final Pattern OF_ITSELF = Pattern.compile(
            ": enable .*| \\(start marker.*| \\(not recognized as one since.*|, from `[^`]*`|\\R.*", Pattern.DOTALL);

    private ParserWords() {}

    /** One line. */
    public static String plain(@Nullable String message) {
        return message == null ? "malformed" : OF_ITSELF.matcher(message).replaceAll("");
    }
}
