package dev.agenttower.core.queue.message;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes that are typed into a pane. Immutable; equal if the bytes are. */
public final class PromptBody {
    private static final int TAB = 0x09;
    private static final int LF = 0x0a;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;
    private static final int LONGEST_INDENT = 256;
    /** The end of a bracketed paste, introduced by one C1 character in place of ESC and a bracket. */
    private static final String END_OF_PASTE = "\u009b201~";

    private final byte[] bytes;

    private PromptBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A stored body, which may break every rule. */
    public static PromptBody stored(byte[] bytes) {
        return new PromptBody(bytes.clone());
    }

    /**
     * A body to be sent.
     *
     * @throws RefusedException {@code BODY_EMPTY}; {@code BODY_INVALID_ENCODING} if it is not UTF-8; {@code BODY_INVALID_CHARS} if it has a
     *     control character below 0x20 other than TAB and LF, a DEL, or a sequence that ends a bracketed paste; checked in this order
     */
    public static PromptBody of(byte[] bytes) {
        PromptBody body = stored(bytes);
        body.requireTypeable();
        return body;
    }

    /** Refuses a body that must not be typed, as {@link #of}. */
    public void requireTypeable() {
        if (bytes.length == 0) {
            throw new RefusedException(ErrorCode.BODY_EMPTY, "the message has no body");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(ErrorCode.BODY_INVALID_ENCODING, "the body is not valid UTF-8");
        }
        for (int i = 0; i < bytes.length; i++) {
            int each = bytes[i];
            if ((each >= 0 && each < FIRST_PRINTABLE && each != TAB && each != LF) || each == DELETE) {
                throw invalid("the control character 0x%02x at byte %d; only tabs and line feeds may be sent"
                        .formatted(each, i));
            }
        }
        if (text.contains(END_OF_PASTE)) {
            throw invalid("U+009B 201~, which ends a bracketed paste");
        }
    }

    private static RefusedException invalid(String what) {
        return new RefusedException(ErrorCode.BODY_INVALID_CHARS, "the body has " + what);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The text; what is no UTF-8 is replaced. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether it has more than one line. */
    public boolean hasSeveralLines() {
        for (byte each : bytes) {
            if (each == LF) {
                return true;
            }
        }
        return false;
    }

    /** Whether clients take it for a command of theirs, or for one of the shell, in place of a prompt: it begins with a slash or an exclamation mark. */
    public boolean isCommand() {
        String begin =
                new String(bytes, 0, Math.min(bytes.length, LONGEST_INDENT), StandardCharsets.UTF_8).stripLeading();
        return begin.startsWith("/") || begin.startsWith("!");
    }

    /** The SHA-256, 64 hex digits in lower case. */
    public String sha256() {
        return Sha256.hex(bytes);
    }

    /** The excerpt. */
    public String excerpt() {
        return Excerpt.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptBody body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Shows the length only, since a prompt may hold secrets. */
    @Override
    public String toString() {
        return "PromptBody[" + bytes.length + " bytes]";
    }
}
