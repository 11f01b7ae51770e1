package dev.agenttower.workspace.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.json.ParserWords;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON with Jackson's streaming parser. Thread-safe. */
public final class JacksonJson implements JsonText {
    private static final int MAX_NUMBER_LENGTH = 5000;
    private static final int MAX_STRING_LENGTH = 1 << 26;
    /** A parsed value takes up to twenty times as much heap as its text. */
    private static final int MAX_TOKENS = 200_000;

    private final JsonFactory factory = factory().build();
    /** Old ledgers may hold {@code NaN} under a hash; it is accepted for verification and never written. */
    private final JsonFactory ledgerFactory =
            factory().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /** A reader. */
    public JacksonJson() {}

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(MAX_STRING_LENGTH)
                        .maxTokenCount(MAX_TOKENS)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    }

    @Override
    public @Nullable Object read(String text) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("the text is empty");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("something follows the value" + where(parser.currentTokenLocation()));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(problem(e));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        try {
            return new JsonTree(parser, true).value();
        } catch (MalformedJsonException e) {
            throw new MalformedJsonException(e.getMessage() + where(parser.currentTokenLocation()));
        }
    }

    /** The object in a line of a ledger, or null for anything else. Its decimals become doubles. */
    public @Nullable JsonLine line(byte[] bytes, int offset, int length) {
        try (JsonParser parser = ledgerFactory.createParser(bytes, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            JsonTree tree = new JsonTree(parser, false);
            var object = tree.object();
            return parser.nextToken() == null ? new JsonLine(object, tree.repeatsKeys()) : null;
        } catch (IOException e) {
            return null; // malformed JSON, or malformed UTF-8, for which Jackson has no specific exception
        }
    }

    /** The problem and its position. */
    public static String problem(JsonProcessingException e) {
        return ParserWords.plain(e.getOriginalMessage()) + where(e.getLocation());
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr() + " column " + location.getColumnNr();
    }
}
