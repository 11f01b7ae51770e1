package dev.agenttower.cli.command;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of an option, or of stdin if the option is {@code -}. */
public final class GivenText {
    private static final String STDIN = "-";
    private static final int MAX_BYTES = 4 << 20;

    private GivenText() {}

    /** Whether the text comes from stdin. */
    public static boolean isOnStdin(String given) {
        return given.equals(STDIN);
    }

    public static String of(String given, CliContext context) {
        if (!isOnStdin(given)) {
            return given;
        }
        try {
            byte[] bytes = context.in().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "the text on stdin exceeds " + MAX_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "the text on stdin is not UTF-8");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: cannot read the text from stdin: " + e.getMessage(), e);
        }
    }
}
