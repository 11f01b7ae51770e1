package dev.agenttower.core.json;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a JSON parser says is wrong, without what it says of its own settings and places. */
public final class ParserWords {
    private static final Pattern OF_ITSELF = Pattern.compile(
            ": enable .*| \\(start marker.*| \\(not recognized as one since.*|, from `[^`]*`|\\R.*", Pattern.DOTALL);

    private ParserWords() {}

    /** One line. */
    public static String plain(@Nullable String message) {
        return message == null ? "malformed" : OF_ITSELF.matcher(message).replaceAll("");
    }
}
