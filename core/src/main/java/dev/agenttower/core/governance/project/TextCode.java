package dev.agenttower.core.governance.project;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoding of a text file.
 *
 * @param charset the charset
 * @param mark the bytes of the byte order mark, as a text of Latin-1; empty when there is none
 */
public record TextCode(Charset charset, String mark) {
    /** The encoding of new files. */
    public static final TextCode UTF_8 = new TextCode(StandardCharsets.UTF_8, "");

    private static final int PIECE = 4 << 10;
    private static final TextCode LATIN_1 = new TextCode(StandardCharsets.ISO_8859_1, "");
    private static final TextCode[] MARKED = {
        new TextCode(StandardCharsets.UTF_8, "\u00ef\u00bb\u00bf"),
        new TextCode(StandardCharsets.UTF_16BE, "\u00fe\u00ff"),
        new TextCode(StandardCharsets.UTF_16LE, "\u00ff\u00fe"),
    };

    /** Detects the encoding of a file: by its byte order mark, else UTF-8, else Latin-1, which can represent any bytes. */
    public static TextCode of(byte[] bytes) {
        for (TextCode code : MARKED) {
            byte[] mark = code.markBytes();
            if (bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length)) {
                return code.decodes(bytes) ? code : LATIN_1;
            }
        }
        return UTF_8.decodes(bytes) ? UTF_8 : LATIN_1;
    }

    /** Decodes a file of this encoding. */
    public String decode(byte[] bytes) {
        int skip = mark.length();
        return new String(bytes, skip, bytes.length - skip, charset);
    }

    /**
     * Encodes a file of this encoding.
     *
     * @throws CharacterCodingException if the encoding lacks characters of the text
     */
    public byte[] encode(String text) throws CharacterCodingException {
        ByteBuffer body = charset.newEncoder().encode(CharBuffer.wrap(text));
        byte[] first = markBytes();
        int length = body.remaining();
        byte[] bytes = Arrays.copyOf(first, first.length + length);
        body.get(bytes, first.length, length);
        return bytes;
    }

    private boolean decodes(byte[] bytes) {
        int skip = mark.length();
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        CharBuffer some = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            result = decoder.decode(in, some.clear(), true);
        } while (result.isOverflow());
        return !result.isError();
    }

    private byte[] markBytes() {
        return mark.getBytes(StandardCharsets.ISO_8859_1);
    }
}
