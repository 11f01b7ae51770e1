package dev.agenttower.cli.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.governance.human.BrokenPassphraseException;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The file in the state directory that holds the hash of the operator's passphrase. */
public final class PassphraseFile {
    private static final String NAME = "operator-passphrase.json";
    private static final int LARGEST = 4096;

    private PassphraseFile() {}

    /** The path of the file. */
    public static Path in(Path stateDir) {
        return stateDir.resolve(NAME);
    }

    /**
     * The stored hash; empty if there is none.
     *
     * @throws UnusableFileException if the file exists but is unreadable, accessible to others, or malformed
     */
    public static Optional<PassphraseHash> read(Path file) {
        try {
            PrivateFiles.requireOwn(file);
            JsonNode stored = JsonText.parseWhole(text(file));
            Map<String, Object> fields = new LinkedHashMap<>();
            stored.properties()
                    .forEach(field -> fields.put(
                            field.getKey(),
                            field.getValue().isInt()
                                    ? field.getValue().intValue()
                                    : field.getValue().asText()));
            return Optional.of(PassphraseHash.of(fields));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (BrokenPassphraseException e) {
            throw new UnusableFileException(file, "holds no passphrase; remove it to begin anew", e);
        } catch (MalformedJsonException e) {
            throw new UnusableFileException(file, "is no JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw UnusableFileException.of(file, e);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new FileSystemException(file.toString(), null, "is larger than " + LARGEST + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FileSystemException(file.toString(), null, "is not UTF-8");
        }
    }

    /**
     * Replaces the stored passphrase atomically.
     *
     * @throws UnusableFileException if it cannot be stored
     */
    public static void write(Path file, Path stateDir, PassphraseHash hash) {
        PrivateFiles.ensureFolder(stateDir, stateDir);
        Path fresh = file.resolveSibling(NAME + "." + ProcessHandle.current().pid() + ".new");
        ObjectNode fields = JsonText.object();
        hash.fields().forEach((name, value) -> {
            if (value instanceof Integer number) {
                fields.put(name, number);
            } else {
                fields.put(name, value.toString());
            }
        });
        try {
            Files.deleteIfExists(fresh);
            PrivateFiles.createFile(fresh, JsonText.unicode(fields) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw UnusableFileException.of(file, e);
        }
    }
}
