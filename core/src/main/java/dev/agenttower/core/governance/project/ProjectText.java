package dev.agenttower.core.governance.project;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file.
 *
 * @param text its content, with line ends unchanged
 * @param sha256 the SHA-256 of its bytes, in lower case hexadecimal
 * @param code the encoding of the bytes
 */
public record ProjectText(String text, String sha256, TextCode code) {
    /**
     * The bytes of another text in the same file.
     *
     * @param current the current file; null for a new one, which is UTF-8
     * @throws ProjectFileException if the encoding of the file lacks characters of the text
     */
    public static byte[] encoded(@Nullable ProjectText current, String path, String text) {
        return encoded(current == null ? TextCode.UTF_8 : current.code, path, text);
    }

    /** As {@link #encoded(ProjectText, String, String)}, in a given encoding. */
    public static byte[] encoded(TextCode code, String path, String text) {
        try {
            return code.encode(text);
        } catch (CharacterCodingException e) {
            throw new ProjectFileException(
                    "cannot write '" + path + "': the text has characters that " + code.charset() + " has not", e);
        }
    }
}
